using System.Collections.Frozen;

namespace StepFlow.Language.Validation;

/// <summary>The top level must have only fields of the language, with valid values.</summary>
internal sealed class MachineFieldsRule : MachineRule
{
    private static readonly FrozenSet<string> Fields =
        new[] { "Comment", "QueryLanguage", "StartAt", "States", "TimeoutSeconds", "Version" }.ToFrozenSet();

    public override void Check(StateMachineDefinition machine, ValidationContext context)
    {
        FieldSets.CheckKnown(machine, Fields, context);
        if (machine.Source["TimeoutSeconds"] is JsonNumber timeout)
        {
            NumberRange.Integer(timeout, 1, NumberRange.MaxSeconds, "/TimeoutSeconds", context);
        }

        if (machine.Version is { } version && version != "1.0")
        {
            context.Diagnostics.Schema(DiagnosticMessages.OneOf("1.0"), "/Version");
        }
    }
}
