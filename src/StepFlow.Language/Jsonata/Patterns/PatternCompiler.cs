namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>Turns a regular expression into instructions for <see cref="PatternMatcher"/>.</summary>
internal sealed class PatternCompiler(string text, int groups, Dictionary<string, int> names)
{
    /// <summary>Counted repetitions are written out; this bounds how large a pattern may become.</summary>
    private const int MaxInstructions = 4_000;

    private readonly List<PatternInstruction> _program = [];
    private int _registers = 2 * (groups + 1);

    public int RegisterCount => _registers;

    public PatternInstruction[] Compile(PatternNode root)
    {
        Emit(new(PatternOperation.Save, 0));
        Visit(root, backward: false);
        Emit(new(PatternOperation.Save, 1));
        Emit(new(PatternOperation.Accept));
        return [.. _program];
    }

    private int Emit(PatternInstruction instruction)
    {
        if (_program.Count >= MaxInstructions)
        {
            throw new JsonataException(EvaluationErrorCodes.BadPattern) { Value = new JsonString(text), Text = $"/{text}/: too large" };
        }

        _program.Add(instruction);
        return _program.Count - 1;
    }

    private void Visit(PatternNode node, bool backward)
    {
        switch (node)
        {
            case PatternNode.Set set:
                Emit(new(PatternOperation.Set) { Characters = set.Characters, Backward = backward });
                break;
            case PatternNode.Sequence sequence:
                // A look-behind reads backwards, so its parts are in reverse order.
                foreach (PatternNode part in backward ? sequence.Parts.Reverse() : sequence.Parts)
                {
                    Visit(part, backward);
                }

                break;
            case PatternNode.Alternatives alternatives:
                Choose(alternatives, backward);
                break;
            case PatternNode.Group group:
                Emit(new(PatternOperation.Save, (2 * group.Index) + (backward ? 1 : 0)));
                Visit(group.Body, backward);
                Emit(new(PatternOperation.Save, (2 * group.Index) + (backward ? 0 : 1)));
                break;
            case PatternNode.Repeat repeat:
                Repeat(repeat, backward);
                break;
            case PatternNode.Look look:
                int at = Emit(default);
                Visit(look.Body, look.Behind);
                Emit(new(PatternOperation.Accept));
                _program[at] = new(look.Negative ? PatternOperation.NegativeLook : PatternOperation.Look, _program.Count);
                break;
            case PatternNode.Anchor anchor:
                Emit(new(anchor.Operation));
                break;
            case PatternNode.BackReference reference:
                int index = reference.Name is null ? reference.Index : names.GetValueOrDefault(reference.Name, 0);
                Emit(new(PatternOperation.BackReference, index) { Backward = backward });
                break;
        }
    }

    private void Choose(PatternNode.Alternatives alternatives, bool backward)
    {
        var ends = new List<int>();
        for (int i = 0; i < alternatives.Choices.Count; i++)
        {
            bool last = i == alternatives.Choices.Count - 1;
            int split = last ? -1 : Emit(default);
            Visit(alternatives.Choices[i], backward);
            if (!last)
            {
                ends.Add(Emit(default));
                _program[split] = new(PatternOperation.Split, split + 1, _program.Count);
            }
        }

        foreach (int end in ends)
        {
            _program[end] = new(PatternOperation.Jump, _program.Count);
        }
    }

    private void Repeat(PatternNode.Repeat repeat, bool backward)
    {
        if (repeat.Greedy && repeat.Body is PatternNode.Set set)
        {
            Emit(new(PatternOperation.SetLoop, repeat.Min, repeat.Max) { Characters = set.Characters, Backward = backward });
            return;
        }

        for (int i = 0; i < repeat.Min; i++)
        {
            Clear(repeat);
            Visit(repeat.Body, backward);
        }

        if (repeat.Max == int.MaxValue)
        {
            Loop(repeat, backward);
            return;
        }

        var splits = new List<int>();
        for (int i = repeat.Min; i < repeat.Max; i++)
        {
            splits.Add(Emit(default));
            Once(repeat, backward);
        }

        foreach (int split in splits)
        {
            _program[split] = Branch(repeat.Greedy, split + 1, _program.Count);
        }
    }

    private static PatternInstruction Branch(bool greedy, int inside, int outside) =>
        new(PatternOperation.Split, greedy ? inside : outside, greedy ? outside : inside);

    private void Loop(PatternNode.Repeat repeat, bool backward)
    {
        int split = Emit(default);
        Once(repeat, backward);
        Emit(new(PatternOperation.Jump, split));
        _program[split] = Branch(repeat.Greedy, split + 1, _program.Count);
    }

    /// <summary>One more repetition. It fails if it matches nothing, because otherwise it would never end.</summary>
    private void Once(PatternNode.Repeat repeat, bool backward)
    {
        int register = _registers++;
        Emit(new(PatternOperation.Save, register));
        Clear(repeat);
        Visit(repeat.Body, backward);
        Emit(new(PatternOperation.Progress, register));
    }

    private void Clear(PatternNode.Repeat repeat)
    {
        if (repeat.LastGroup >= repeat.FirstGroup)
        {
            Emit(new(PatternOperation.Clear, 2 * repeat.FirstGroup, (2 * repeat.LastGroup) + 2));
        }
    }
}
