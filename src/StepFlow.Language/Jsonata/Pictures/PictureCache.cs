using System.Collections.Concurrent;

namespace StepFlow.Language.Jsonata.Pictures;

/// <summary>Pictures that were analysed before: an expression uses the same few over and over.</summary>
/// <param name="analyse">Analyses a picture.</param>
internal sealed class PictureCache<T>(Func<string, T> analyse)
    where T : class
{
    /// <summary>Pictures can be made up by expressions, so there may be any number of them.</summary>
    private const int Capacity = 256;

    private readonly ConcurrentDictionary<string, T> _pictures = new(StringComparer.Ordinal);
    private int _count;

    public T this[string picture]
    {
        get
        {
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
}
