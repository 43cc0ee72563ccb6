namespace StepFlow.Language.Loading;

/// <summary>The field compiler of each query language.</summary>
internal static class FieldCompilers
{
    public static FieldCompiler For(QueryLanguage language) =>
        throw new NotSupportedException($"Compiling {language} fields is not there yet.");
}
