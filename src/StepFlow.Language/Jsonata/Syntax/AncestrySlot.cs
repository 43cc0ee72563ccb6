namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>One use of the parent operator: how many levels up it still has to look, and the label it ends up with.</summary>
internal sealed class AncestrySlot(string label)
{
    public string Label { get; set; } = label;

    public int Level { get; set; } = 1;
}
