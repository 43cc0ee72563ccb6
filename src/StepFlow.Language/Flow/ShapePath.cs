using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Flow;

/// <summary>Follows a path through a shape.</summary>
internal static class ShapePath
{
    /// <summary>The shape that a path selects; null if it selects nothing.</summary>
    public static ValueShape? Select(PathExpression path, ValueShape input)
    {
        if (path.Origin != PathRoot.Input || !path.IsDefinite)
        {
            return ValueShape.Unknown;
        }

        ValueShape? shape = input;
        foreach (PathSegment segment in path.Segments)
        {
            shape = segment switch
            {
                MemberSegment member => shape.Member(member.Name),
                IndexSegment => shape.Kind switch
                {
                    ShapeKind.Unknown => ValueShape.Unknown,
                    ShapeKind.Array => shape.Item,
                    _ => null,
                },
                _ => ValueShape.Unknown,
            };
            if (shape is null)
            {
                return null;
            }
        }

        return shape;
    }

    /// <summary>A document after a value was set at a reference path.</summary>
    public static ValueShape Put(ReferencePath path, ValueShape document, ValueShape value) => Put(path.Names, 0, document, value);

    private static ValueShape Put(IReadOnlyList<string>? names, int index, ValueShape document, ValueShape value) =>
        names is null ? ValueShape.Unknown
        : index == names.Count ? value : document.With(names[index], Put(names, index + 1, document.Member(names[index]) ?? ValueShape.Empty, value));
}
