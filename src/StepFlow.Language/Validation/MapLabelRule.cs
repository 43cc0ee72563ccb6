using System.Buffers;

namespace StepFlow.Language.Validation;

/// <summary>A label must have 1 to 40 characters that are valid in an ARN.</summary>
internal sealed class MapLabelRule : StateRule
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create(
        [.. " ?*<>{}[]:;,\\|^~$#%&`\"/", .. Enumerable.Range(0, 0x20).Select(c => (char)c), .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c)]);

    public override void Check(State state, ValidationContext context)
    {
        if (state is not MapState { Label: { } label })
        {
            return;
        }

        int at = label.AsSpan().IndexOfAny(Forbidden);
        string? message = label.Length switch
        {
            0 => DiagnosticMessages.LabelEmpty,
            > DiagnosticMessages.MaxLabelLength => DiagnosticMessages.LabelTooLong,
            _ => at < 0 ? null : DiagnosticMessages.LabelCharacter(PythonLiteral.Quote(label[at].ToString())),
        };
        if (message is not null)
        {
            context.Diagnostics.Error(DiagnosticCodes.InvalidLabelName, message, state.Location + "/Label");
        }
    }
}
