using System.Text.RegularExpressions;

namespace StepFlow.Language.Validation;

/// <summary>
/// A Resource must be an ARN, with a valid function name if it is one of a function, or name a service of Azure (<c>azure:blob:getBlob</c>). A substitution such as <c>${FunctionArn}</c> is replaced at
/// deployment, so a text that contains one is not checked.
/// </summary>
internal sealed partial class TaskResourceRule : StateRule
{
    public override void Check(State state, ValidationContext context)
    {
        Check((state as TaskState)?.Resource, state.Location, context);
        if (state is MapState map)
        {
            Check(map.ItemReader?.Resource, map.ItemReader?.Location, context);
            Check(map.ResultWriter?.Resource, map.ResultWriter?.Location, context);
        }
    }

    /// <summary>Whether a text holds a token that a deployment replaces.</summary>
    public static bool HoldsSubstitution(string text) => Substitution().IsMatch(text);

    private static void Check(string? resource, string? location, ValidationContext context)
    {
        if (resource is not null && !HoldsSubstitution(resource) && !Arn().IsMatch(resource) && !AzureName().IsMatch(resource))
        {
            context.Diagnostics.Schema(DiagnosticMessages.InvalidResource, location + "/Resource");
        }
    }

    [GeneratedRegex(@"\$\{[^{}]+\}", RegexOptions.CultureInvariant)]
    private static partial Regex Substitution();

    // Only the ARN of a function can have a version or alias after its name.
    [GeneratedRegex(
        @"^arn:[^:]+:(?:lambda:[^:]*:[^:]*:function:[A-Za-z0-9_-]+(?::(?:\$LATEST|[A-Za-z0-9_-]+))?|(?!lambda:)[^:]+:[^:]*:[^:]*:.+)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Arn();

    [GeneratedRegex(@"^azure:[a-z][a-z0-9]*:[a-z][A-Za-z0-9]*(?:\.sync|\.sync:2|\.waitForTaskToken)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AzureName();
}
