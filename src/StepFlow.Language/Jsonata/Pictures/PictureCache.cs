using System.Collections.Concurrent;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Pictures that were analysed before: an expression uses the same few over and over.</summary>
internal sealed class PictureCache<T>(Func<string, T> analyse)
    where T : class
{
    /// <summary>Pictures can be made up by expressions, so there may be any number of them.</summary>
    private const int Capacity = 256;

    /// <summary>The maximum length of a cached picture, in characters.</summary>
    private const int LongestCached = 256;

    private readonly ConcurrentDictionary<string, T> _pictures = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>The picture of a text. Pictures take time by the square of their length, which is charged.</summary>
    public T Get(Evaluator evaluator, string picture)
    {
        evaluator.Charge((long)picture.Length * picture.Length / 64);
        if (picture.Length > LongestCached)
        {
            return analyse(picture);
        }

        if (_pictures.TryGetValue(picture, out T? known))
        {
            return known;
        }

        T analysed = analyse(picture);
        if (Interlocked.Increment(ref _count) > Capacity)
        {
            _pictures.Clear();
            Interlocked.Exchange(ref _count, 1);
        }

        return _pictures[picture] = analysed;
    }
}
