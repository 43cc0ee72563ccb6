using StepFlow.Language.JsonPath;

namespace StepFlow.Language.Flow;

/// <summary>Follows a path through a shape.</summary>
internal static class ShapePath
{
    /// <summary>What a path selects; null where it can select nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="input">What <c>$</c> stands for.</param>
    public static Shape? Select(PathExpression path, Shape input)
    {
        if (path.Origin != PathRoot.Input || !path.IsDefinite)
        {
            return Shape.Unknown;
        }

        Shape? shape = input;
        foreach (PathSegment segment in path.Segments)
        {
            shape = segment switch
            {
                MemberSegment member => shape.Member(member.Name),
                IndexSegment => shape.Kind switch
                {
                    ShapeKind.Unknown => Shape.Unknown,
                    ShapeKind.Array => shape.Item,
                    _ => null,
                },
                _ => Shape.Unknown,
            };
            if (shape is null)
            {
                return null;
            }
        }

        return shape;
    }

    /// <summary>A document with a value put at the place of a reference path.</summary>
    public static Shape Put(ReferencePath path, Shape document, Shape value) => Put(path.Names, 0, document, value);

    private static Shape Put(IReadOnlyList<string>? names, int index, Shape document, Shape value)
    {
        if (names is null)
        {
            return Shape.Unknown;
        }

        return index == names.Count ? value : document.With(names[index], Put(names, index + 1, document.Member(names[index]) ?? Shape.Empty, value));
    }
}
