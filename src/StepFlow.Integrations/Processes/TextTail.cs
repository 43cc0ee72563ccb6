using System.Text;

namespace StepFlow.Integrations.Processes;

/// <summary>Keeps the end of a text that comes in pieces.</summary>
/// <param name="length">Characters to keep.</param>
internal sealed class TextTail(int length)
{
    private readonly StringBuilder _text = new();
    private readonly Lock _gate = new();
    private bool _cut;

    public void Append(ReadOnlySpan<char> text)
    {
        lock (_gate)
        {
            _text.Append(text);
            if (_text.Length > length * 2)
            {
                _text.Remove(0, _text.Length - length);
                _cut = true;
            }
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            string text = _text.ToString();
            if (text.Length <= length && !_cut)
            {
                return text.Trim();
            }

            // Starts with the first whole line, unless there is only one.
            text = text[^Math.Min(text.Length, length)..];
            int line = text.IndexOf('\n', StringComparison.Ordinal);
            return (line >= 0 && line < text.Length - 1 ? text[(line + 1)..] : text).Trim();
        }
    }
}
