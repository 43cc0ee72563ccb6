using System.Runtime.CompilerServices;

namespace StepFlow.Language.Jsonata.Patterns;

/// <summary>
/// Runs a compiled pattern by backtracking with its own stack. A long search records where it has been, so
/// its time is linear in the text. Every instruction is charged to the evaluation. For a pattern with back references,
/// where nothing can be recorded, the step limit of the evaluation ends the search, always at the same point.
/// </summary>
internal ref struct PatternMatcher
{
    private const int Choice = 0;
    private const int Undo = 1;
    private const int Range = 2;
    private const int ChargeEvery = 64;
    private const int StepsPerCharge = 16;

    /// <summary>A search of fewer instructions costs less than the notes would.</summary>
    private const int NotesAfter = 1024;

    private readonly Evaluator _evaluator;
    private readonly ReadOnlySpan<PatternInstruction> _program;
    private readonly ReadOnlySpan<char> _text;
    private readonly bool _ignoreCase;
    private readonly ReadOnlySpan<int> _slots;
    private readonly int _slotCount;
    private FailedStates? _failed;
    private int _looks;
    private (int Kind, int A, int B, int C)[] _stack;
    private int _top;
    private int _work;

    public PatternMatcher(Evaluator evaluator, Pattern pattern, string text)
    {
        _evaluator = evaluator;
        _program = pattern.Program;
        _text = text;
        _ignoreCase = pattern.IgnoreCase;
        _slots = pattern.Slots;
        _slotCount = pattern.SlotCount;
        _stack = evaluator.PatternStack;
        Registers = new int[pattern.RegisterCount];
    }

    /// <summary>Starts and ends of the match and its groups; -1 where a group took no part.</summary>
    public int[] Registers { get; }

    public bool MatchAt(int start)
    {
        _evaluator.Charge(Registers.Length / 32);
        Registers.AsSpan().Fill(-1);
        _top = 0;
        return Run(0, start);
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    private void Push(int kind, int a, int b, int c = 0)
    {
        if (_top == _stack.Length)
        {
            _evaluator.Charge(_top);
            Array.Resize(ref _stack, _top * 2);
            _evaluator.PatternStack = _stack;
        }

        _stack[_top++] = (kind, a, b, c);
    }

    private void Set(int register, int value)
    {
        Push(Undo, register, Registers[register]);
        Registers[register] = value;
    }

    private bool Run(int pc, int at)
    {
        int bottom = _top;
        while (true)
        {
            Count();
            ref readonly PatternInstruction instruction = ref _program[pc];
            bool matched = true;
            pc++;
            switch (instruction.Operation)
            {
                case PatternOperation.Accept:
                    return true;
                case PatternOperation.Set:
                    matched = Take(instruction, ref at);
                    break;
                case PatternOperation.SetLoop:
                    matched = TakeMany(instruction, pc, ref at);
                    break;
                case PatternOperation.Split:
                    matched = Split(instruction, ref pc, at);
                    break;
                case PatternOperation.Jump:
                    pc = instruction.First;
                    break;
                case PatternOperation.Save:
                    Set(instruction.First, at);
                    break;
                case PatternOperation.Progress:
                    matched = Registers[instruction.First] != at;
                    break;
                case PatternOperation.Clear:
                    Clear(instruction.First, instruction.Second);
                    break;
                case PatternOperation.BackReference:
                    matched = TakeGroup(instruction, ref at);
                    break;
                case PatternOperation.Look or PatternOperation.NegativeLook:
                    matched = IsNew(pc, at) && LookAround(pc, at, instruction.Operation == PatternOperation.NegativeLook);
                    pc = instruction.First;
                    break;
                default:
                    matched = Holds(instruction.Operation, at);
                    break;
            }

            if (!matched && !Backtrack(bottom, ref pc, ref at))
            {
                return false;
            }
        }
    }

    /// <summary>Counts one instruction, and charges it to the evaluation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Count()
    {
        if (++_work % ChargeEvery == 0)
        {
            _evaluator.Charge(StepsPerCharge);
            if (_work == NotesAfter)
            {
                _failed = FailedStates.Create(_evaluator, _slotCount, _text.Length + 1, _looks);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Split(in PatternInstruction instruction, ref int pc, int at)
    {
        if (!IsNew(pc, at))
        {
            return false;
        }

        Push(Choice, instruction.Second, at);
        pc = instruction.First;
        return true;
    }

    private void Clear(int first, int end)
    {
        for (int register = first; register < end; register++)
        {
            Set(register, -1);
        }
    }

    private bool Backtrack(int bottom, ref int pc, ref int at)
    {
        while (_top > bottom)
        {
            (int kind, int a, int b, int c) = _stack[--_top];
            switch (kind)
            {
                case Undo:
                    Registers[a] = b;
                    break;
                case Choice:
                    (pc, at) = (a, b);
                    return true;
                default:
                    // One character given back; more may follow.
                    (pc, at) = (a, b + (b > c ? -1 : 1));
                    if (at != c)
                    {
                        Push(Range, a, at, c);
                    }

                    return true;
            }
        }

        return false;
    }

    private readonly bool Take(in PatternInstruction instruction, ref int at)
    {
        int index = instruction.Backward ? at - 1 : at;
        if (index < 0 || index >= _text.Length || !instruction.Characters!.Contains(_text[index]))
        {
            return false;
        }

        at += instruction.Backward ? -1 : 1;
        return true;
    }

    /// <summary>Whether the instruction before this one must be tried at a position, because it has not failed there.</summary>
    private readonly bool IsNew(int pc, int at) => _failed is null || _failed.Enter(_slots[pc - 1], at);

    private bool TakeMany(in PatternInstruction instruction, int pc, ref int at)
    {
        if (_failed is not null && instruction.Second == int.MaxValue)
        {
            return TakeNew(instruction, pc, ref at);
        }

        if (!IsNew(pc, at))
        {
            return false;
        }

        int start = at;
        int count = 0;
        while (count < instruction.Second && Take(instruction, ref at))
        {
            count++;
        }

        _evaluator.Charge(count / 8);
        if (count < instruction.First)
        {
            return false;
        }

        if (count > instruction.First)
        {
            Push(Range, pc, at, start + (instruction.Backward ? -instruction.First : instruction.First));
        }

        return true;
    }

    /// <summary>
    /// The same with records. They show where the loop was left before: from the first such position on, another repetition
    /// has left it everywhere.
    /// </summary>
    private bool TakeNew(in PatternInstruction instruction, int pc, ref int at)
    {
        int count = 0;
        for (; count < instruction.First; count++)
        {
            if (!Take(instruction, ref at))
            {
                return false;
            }
        }

        if (!IsNew(pc, at))
        {
            return false;
        }

        int least = at;
        for (int next = at; Take(instruction, ref next) && IsNew(pc, next); at = next)
        {
            count++;
        }

        _evaluator.Charge(count / 8);
        if (at != least)
        {
            Push(Range, pc, at, least);
        }

        return true;
    }

    private readonly bool TakeGroup(in PatternInstruction instruction, ref int at)
    {
        int start = Registers[2 * instruction.First];
        int end = Registers[(2 * instruction.First) + 1];
        if (start < 0 || end < 0)
        {
            return true;
        }

        int length = end - start;
        int from = instruction.Backward ? at - length : at;
        if (from < 0 || from + length > _text.Length)
        {
            return false;
        }

        _evaluator.Charge(length / 8);
        StringComparison comparison = _ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (!_text.Slice(start, length).Equals(_text.Slice(from, length), comparison))
        {
            return false;
        }

        at += instruction.Backward ? -length : length;
        return true;
    }

    private bool LookAround(int pc, int at, bool negative)
    {
        int bottom = _top;
        int began = _failed?.BeginLook() ?? 0;
        _looks++;
        bool found = Run(pc, at);
        _looks--;
        _failed?.EndLook(began, found);
        if (found && !negative)
        {
            // The captured groups stay and can be undone. The search does not return into the group.
            int kept = bottom;
            for (int i = bottom; i < _top; i++)
            {
                if (_stack[i].Kind == Undo)
                {
                    _stack[kept++] = _stack[i];
                }
            }

            _top = kept;
            return true;
        }

        for (; _top > bottom; _top--)
        {
            (int kind, int a, int b, _) = _stack[_top - 1];
            if (kind == Undo)
            {
                Registers[a] = b;
            }
        }

        return found != negative;
    }

    private readonly bool Holds(PatternOperation operation, int at)
    {
        switch (operation)
        {
            case PatternOperation.Start:
                return at == 0;
            case PatternOperation.End:
                return at == _text.Length;
            case PatternOperation.LineStart:
                return at == 0 || IsLineEnd(_text[at - 1]);
            case PatternOperation.LineEnd:
                return at == _text.Length || IsLineEnd(_text[at]);
            default:
                bool boundary = (at > 0 && IsWord(_text[at - 1])) != (at < _text.Length && IsWord(_text[at]));
                return boundary == (operation == PatternOperation.WordBoundary);
        }
    }
}
