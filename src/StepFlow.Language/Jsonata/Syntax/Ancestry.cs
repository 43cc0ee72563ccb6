namespace StepFlow.Language.Jsonata.Syntax;

/// <summary>
/// Resolves parent operators while a tree is processed: finds the step to whose context each <c>%</c> refers, and
/// makes the steps in between return tuples, which contain the context.
/// </summary>
internal sealed class Ancestry
{
    private int _labels;

    public AncestrySlot NewSlot() => new("!" + _labels++);

    /// <summary>Hands what <paramref name="value"/> still seeks on to the node that contains it.</summary>
    public static void Push(SyntaxNode result, SyntaxNode value)
    {
        if (value.SeekingParent is null && value.Kind != SyntaxKind.Parent)
        {
            return;
        }

        List<AncestrySlot> slots = value.SeekingParent ?? [];
        if (value.Kind == SyntaxKind.Parent)
        {
            slots.Add(value.Slot!);
        }

        if (result.SeekingParent is null)
        {
            result.SeekingParent = slots;
        }
        else
        {
            result.SeekingParent.AddRange(slots);
        }
    }

    /// <summary>Finds the parents to which the last step of a path refers among the steps before it.</summary>
    public static void Resolve(SyntaxNode path)
    {
        List<SyntaxNode> steps = path.Items!;
        SyntaxNode last = steps[^1];
        List<AncestrySlot> slots = last.SeekingParent ?? [];
        if (last.Kind == SyntaxKind.Parent)
        {
            slots.Add(last.Slot!);
        }

        foreach (AncestrySlot slot in slots.ToArray())
        {
            int at = steps.Count - 2;
            while (slot.Level > 0)
            {
                if (at < 0)
                {
                    (path.SeekingParent ??= []).Add(slot);
                    break;
                }

                SyntaxNode step = steps[at--];
                // Steps in a row that bind the focus all keep the same context.
                while (at >= 0 && step.Focus is not null && steps[at].Focus is not null)
                {
                    step = steps[at--];
                }

                Seek(step, slot);
            }
        }
    }

    /// <summary>Goes one node back for a slot.</summary>
    public static void Seek(SyntaxNode node, AncestrySlot slot)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Name or SyntaxKind.Wildcard:
                if (--slot.Level == 0)
                {
                    if (node.Ancestor is not null)
                    {
                        slot.Label = node.Ancestor.Label;
                    }

                    node.Ancestor = slot;
                    node.Tuple = true;
                }

                break;
            case SyntaxKind.Parent:
                slot.Level++;
                break;
            case SyntaxKind.Block:
                if (node.Items!.Count > 0)
                {
                    node.Tuple = true;
                    Seek(node.Items[^1], slot);
                }

                break;
            case SyntaxKind.Path:
                node.Tuple = true;
                int at = node.Items!.Count - 1;
                Seek(node.Items[at--], slot);
                while (slot.Level > 0 && at >= 0)
                {
                    Seek(node.Items[at--], slot);
                }

                break;
            default:
                throw new JsonataException("S0217") { Position = node.Position, Token = node.Text };
        }
    }
}
