namespace StepFlow.Language.JsonPath;

/// <summary>What a path starts from (Amazon States Language, "Paths").</summary>
public enum PathRoot
{
    /// <summary><c>$</c>: the document the field applies to.</summary>
    Input,

    /// <summary><c>$$</c>: the context object.</summary>
    Context,

    /// <summary><c>$name</c>: a workflow variable.</summary>
    Variable,
}
