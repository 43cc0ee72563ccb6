using StepFlow.Language.Evaluation;

namespace StepFlow.Service.Tests.Fuzz;

/// <summary>Random choices that a seed repeats.</summary>
internal sealed class Chance(string seed)
{
    private readonly Entropy _entropy = Entropy.FromSeed(seed);

    /// <summary>A number from 0 up to and without the bound.</summary>
    public int Below(int bound) => (int)(_entropy.NextUInt64() % (ulong)bound);

    /// <summary>True this many times of a hundred.</summary>
    public bool Percent(int share) => Below(100) < share;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A text with a character put in, taken out or replaced, a few times.</summary>
    public string Damage(string text)
    {
        const string Signs = "$.[]{}()'\"\\/*?@:,;%~^|&<>=!+- \n\tarnX0199é\u0000𝄞";
        for (int i = Below(3); i >= 0; i--)
        {
            int at = Below(text.Length + 1);
            int length = Math.Min(Below(3), text.Length - at);
            text = string.Concat(text.AsSpan(0, at), Percent(70) ? Signs.AsSpan(Below(Signs.Length), 1) : [], text.AsSpan(at + length));
        }

        return text;
    }
}
