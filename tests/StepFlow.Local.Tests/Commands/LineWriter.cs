using System.Text;
using System.Threading.Channels;

namespace StepFlow.Local.Tests.Commands;

/// <summary>Takes what a command writes while it runs, a line at a time.</summary>
internal sealed class LineWriter : TextWriter
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => _lines.Writer.TryWrite(value ?? string.Empty);

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _lines.Reader.ReadAsync(cancellationToken);
}
