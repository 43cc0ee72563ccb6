namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>One use of the parent operator: the number of levels that are left, and its label.</summary>
internal sealed class AncestrySlot(string label)
{
    public string Label { get; set; } = label;

    public int Level { get; set; } = 1;
}
