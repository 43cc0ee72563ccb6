using System.Text;

namespace StepFlow.Language.Jsonata.Runtime;

/// <summary>
/// A text under construction with a limit. A text of an evaluation fails at the limit of one value. A text for a
/// message is cut.
/// </summary>
internal sealed class TextBuilder
{
    /// <summary>The maximum length of a cause in Step Functions, in characters.</summary>
    private const int MessageLength = 32_768;

    private readonly Evaluator? _evaluator;
    private readonly StringBuilder _text = new();

    private TextBuilder(Evaluator? evaluator) => _evaluator = evaluator;

    /// <summary>Whether further text is ignored.</summary>
    public bool IsFull => _evaluator is null && _text.Length >= MessageLength;

    public bool IsMessage => _evaluator is null;

    public static TextBuilder For(Evaluator evaluator) => new(evaluator);

    public static TextBuilder ForMessage() => new(null);

    public TextBuilder Append(string text) => Append(text, 0, text.Length);

    public TextBuilder Append(string text, int start, int count)
    {
        if (_evaluator is not null)
        {
            _evaluator.CheckText((long)_text.Length + count);
        }
        else
        {
            count = Math.Min(count, Math.Max(0, MessageLength - _text.Length));
        }

        _text.Append(text, start, count);
        return this;
    }

    public TextBuilder Append(char c, int count = 1)
    {
        _evaluator?.CheckText((long)_text.Length + count);
        _text.Append(c, count);
        return this;
    }

    public void Charge(long steps) => _evaluator?.Charge(steps);

    public override string ToString() => _text.ToString();
}
