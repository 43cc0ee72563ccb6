namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>
/// A regular expression with the syntax and semantics of JavaScript. It has its own engine, because that of .NET
/// differs in details and can limit only time, not steps.
/// </summary>
internal sealed class Pattern
{
    private readonly char? _firstCharacter;

    /// <summary>Compiles a pattern.</summary>
    /// <param name="source">The text between the slashes.</param>
    /// <param name="flags">Any of i and m.</param>
    /// <exception cref="JsonataException">The pattern is not a valid regular expression.</exception>
    public Pattern(string source, string flags)
    {
        Source = source;
        IgnoreCase = flags.Contains('i', StringComparison.Ordinal);
        var parser = new PatternParser(source, IgnoreCase, flags.Contains('m', StringComparison.Ordinal));
        PatternNode root = parser.Parse();
        GroupCount = parser.GroupCount;
        var compiler = new PatternCompiler(source, GroupCount, parser.Names);
        Program = compiler.Compile(root);
        RegisterCount = compiler.RegisterCount;
        (Slots, SlotCount) = NumberSlots(Program);
        _firstCharacter = Program[1] is { Operation: PatternOperation.Set, Characters: { } first } ? first.Single : null;
    }

    public string Source { get; }

    public bool IgnoreCase { get; }

    public int GroupCount { get; }

    public int RegisterCount { get; }

    public PatternInstruction[] Program { get; }

    /// <summary>The index of each instruction in <see cref="FailedStates"/>; -1 for those that are not recorded.</summary>
    public int[] Slots { get; }

    /// <summary>How many instructions are noted; 0 where the pattern has back references.</summary>
    public int SlotCount { get; }

    /// <summary>Finds the first match at or after a position.</summary>
    /// <returns>The registers of <see cref="PatternMatcher"/>; null where nothing matches.</returns>
    public int[]? Find(Evaluator evaluator, string text, int start)
    {
        evaluator.Reserve(sizeof(int) * (long)RegisterCount);
        var matcher = new PatternMatcher(evaluator, this, text);
        for (int at = start; at <= text.Length; at++)
        {
            if (_firstCharacter is { } first)
            {
                int next = text.IndexOf(first, at);
                if (next < 0)
                {
                    return null;
                }

                evaluator.Charge((next - at) / 16);
                at = next;
            }

            if (matcher.MatchAt(at))
            {
                return matcher.Registers;
            }
        }

        return null;
    }

    private static (int[] Slots, int Count) NumberSlots(PatternInstruction[] program)
    {
        int[] slots = new int[program.Length];
        Array.Fill(slots, -1);
        if (Array.Exists(program, instruction => instruction.Operation == PatternOperation.BackReference))
        {
            return (slots, 0);
        }

        int count = 0;
        for (int i = 0; i < slots.Length; i++)
        {
            if (program[i].Operation is PatternOperation.Split or PatternOperation.SetLoop or PatternOperation.Look or PatternOperation.NegativeLook)
            {
                slots[i] = count++;
            }
        }

        return (slots, count);
    }
}
