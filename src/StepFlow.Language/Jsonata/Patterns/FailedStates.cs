namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>
/// The pairs of instruction and position that a search has tried without a match. They are not tried again,
/// so the time of a search is linear in the text. This is not possible for patterns with back
/// references, because there the content of groups also matters.
/// </summary>
/// <param name="slots">How many instructions are noted.</param>
/// <param name="positions">How many positions there are.</param>
/// <param name="looks">The number of look-arounds that contain the search.</param>
internal sealed class FailedStates(int slots, int positions, int looks)
{
    /// <summary>Beyond this the notes would take more than a search is worth; the evaluation's steps still bound it.</summary>
    private const long MaxBytes = 16 * 1024 * 1024;

    private readonly ulong[] _seen = new ulong[(((long)slots * positions) + 63) / 64];
    private readonly List<long> _trail = [];
    private int _lookDepth = looks;

    /// <summary>Notes for a text; null where they would take too much room.</summary>
    public static FailedStates? Create(Evaluator evaluator, int slots, int positions, int looks)
    {
        long bytes = (long)slots * positions / 8;
        if (slots == 0 || bytes > MaxBytes)
        {
            return null;
        }

        evaluator.Charge(bytes / 64);
        evaluator.Reserve(bytes);
        return new(slots, positions, looks);
    }

    /// <summary>Records a pair. False if it was recorded before.</summary>
    public bool Enter(int slot, int at)
    {
        long index = ((long)slot * positions) + at;
        ulong bit = 1UL << (int)(index & 63);
        ref ulong word = ref _seen[index >> 6];
        if ((word & bit) != 0)
        {
            return false;
        }

        word |= bit;
        if (_lookDepth > 0)
        {
            _trail.Add(index);
        }

        return true;
    }

    /// <summary>Starts a look-around.</summary>
    /// <returns>What <see cref="EndLook"/> is given.</returns>
    public int BeginLook()
    {
        _lookDepth++;
        return _trail.Count;
    }

    /// <summary>Ends a look-around. If it matched, the pairs that it recorded have not failed.</summary>
    public void EndLook(int began, bool found)
    {
        _lookDepth--;
        if (found)
        {
            for (int i = began; i < _trail.Count; i++)
            {
                _seen[_trail[i] >> 6] &= ~(1UL << (int)(_trail[i] & 63));
            }

            _trail.RemoveRange(began, _trail.Count - began);
        }
        else if (_lookDepth == 0)
        {
            _trail.Clear();
        }
    }
}
