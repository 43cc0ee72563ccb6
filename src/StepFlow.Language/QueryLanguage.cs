namespace StepFlow.Language;

/// <summary>The language of a state's expressions (the <c>QueryLanguage</c> field).</summary>
public enum QueryLanguage
{
    /// <summary>JSONPath, the default.</summary>
    JsonPath,

    /// <summary>JSONata.</summary>
    Jsonata,
}
