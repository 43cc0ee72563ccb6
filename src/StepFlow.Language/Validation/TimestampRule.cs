using StepFlow.Language.Jsonata.Asl;

namespace StepFlow.Language.Validation;

/// <summary>A Wait's literal Timestamp is RFC 3339.</summary>
internal sealed class TimestampRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        if (state is not WaitState { Timestamp: { } text }
            || (state.QueryLanguage == QueryLanguage.Jsonata && ExpressionText.IsExpression(text)))
        {
            return;
        }

        if (!IsoTimestamp.TryParse(text, out _))
        {
            context.Diagnostics.Schema(DiagnosticMessages.NotATimestamp, state.Location + "/Timestamp");
        }
    }
}
