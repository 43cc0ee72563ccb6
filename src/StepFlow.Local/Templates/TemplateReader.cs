using StepFlow.Language.Definition;
using StepFlow.Local.Sources;
using StepFlow.Service.DefinitionFiles;

namespace StepFlow.Local.Templates;

/// <summary>Reads templates of infrastructure, whichever they are.</summary>
internal static class TemplateReader
{
    /// <summary>Words that a template contains. A file without them is a definition and is not parsed twice.</summary>
    private static readonly string[] Words = ["StateMachine", "stepFunctions", "aws_sfn_state_machine"];

    /// <summary>Reads a file as a template; null if it is not one.</summary>
    /// <exception cref="TemplateException">It is one, but a definition of it cannot be had.</exception>
    public static async Task<Template?> ReadAsync(string path, string text, SourceOptions options, CancellationToken cancellationToken)
    {
        if (!Words.Any(word => text.Contains(word, StringComparison.Ordinal)) || Parse(path, text) is not { } document)
        {
            return null;
        }

        return CloudFormationTemplate.Is(document.Value) ? await CloudFormationTemplate.ReadAsync(path, document, options, cancellationToken)
            : ServerlessFile.Is(document.Value) && !options.ReadsFiles ? throw new TemplateException(path, "its variables may name files, which are not read here. Write its definitions with: stepflow import serverless.yml")
            : ServerlessFile.Is(document.Value) ? await ServerlessFile.ReadAsync(path, document, options, cancellationToken)
            : TerraformPlan.Is(document.Value) ? TerraformPlan.Read(path, document, options.Substitutions)
            : null;
    }

    /// <summary>The file's value. Null if it cannot be read and does not look like a template. Then it is read as a definition, which reports the error.</summary>
    private static SourceDocument? Parse(string path, string text)
    {
        try
        {
            return DefinitionReader.IsYaml(path, text)
                ? YamlReader.Read(text, TemplateFunctions.FromTag, lastCounts: true)
                : new(JsonValue.Parse(text), SourceMap.Build(text));
        }
        catch (YamlFormatException e) when (LooksLikeTemplate(text))
        {
            throw new TemplateException($"{path}:{e.Position.Line}:{e.Position.Column}", e.Reason, e);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool LooksLikeTemplate(string text) =>
        text.Contains("AWS::StepFunctions::StateMachine", StringComparison.Ordinal) || text.Contains("AWS::Serverless::StateMachine", StringComparison.Ordinal) || text.Contains("stepFunctions:", StringComparison.Ordinal);
}
