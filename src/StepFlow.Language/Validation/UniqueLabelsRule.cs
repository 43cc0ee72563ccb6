namespace StepFlow.Language.Validation;

/// <summary>A distributed Map's label must be unique in the whole state machine, because it is part of the ARNs of Map Runs.</summary>
internal sealed class UniqueLabelsRule : MachineRule
{
    public override void Check(StateMachineDefinition machine, ValidationContext context)
    {
        var seen = new HashSet<string>();
        foreach (MapState map in StateTree.All(machine.Graph).OfType<MapState>())
        {
            if (map.Label is { } label && !seen.Add(label))
            {
                context.Diagnostics.Error(DiagnosticCodes.DuplicateLabelName, DiagnosticMessages.DuplicateLabel(label), map.Location + "/Label");
            }
        }
    }
}
