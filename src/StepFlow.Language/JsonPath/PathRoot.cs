namespace StepFlow.Language.JsonPath;

/// <summary>The root of a path (Amazon States Language, "Paths").</summary>
public enum PathRoot
{
    /// <summary><c>$</c>: the document to which the field applies.</summary>
    Input,

    /// <summary><c>$$</c>: the context object.</summary>
    Context,

    /// <summary><c>$name</c>: a workflow variable.</summary>
    Variable,
}
