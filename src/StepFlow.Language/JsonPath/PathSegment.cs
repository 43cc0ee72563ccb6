using System.Text;

namespace StepFlow.Language.JsonPath;

/// <summary>One step of a path. A closed family of immutable nodes.</summary>
internal abstract class PathSegment
{
    /// <summary>Whether the step selects at most one value.</summary>
    public virtual bool IsDefinite => false;

    /// <summary>The value that a definite segment selects; null if there is none.</summary>
    public virtual JsonValue? Step(JsonValue value) => null;

    /// <summary>Follows every value this step leads to.</summary>
    public abstract void Collect(JsonValue value, int next, PathWalk walk);

    /// <summary>Whether a deep scan stops at a value to take this step.</summary>
    public abstract bool Matches(JsonValue value, PathWalk walk);

    /// <summary>Why a definite segment selected nothing.</summary>
    /// <param name="isLeaf">Whether the path ends with the step.</param>
    /// <param name="rest">The step and those after it.</param>
    public virtual (PathFault Fault, string Message) Explain(string path, JsonValue value, bool isLeaf, string rest) =>
        (PathFault.NotFound, string.Format(null, PathErrors.NoResults, path));

    /// <summary>Appends the step in the bracket notation that messages use.</summary>
    public abstract void AppendTo(StringBuilder text);
}
