using StepFlow.Language.Catalogue;

namespace StepFlow.Language.Validation;

/// <summary>
/// A Task's Resource must name an existing integration and a pattern that it supports, and only parameters that the
/// integration has. The rule applies when a state machine is created, not when it runs, because only then the integrations are known.
/// </summary>
internal sealed class IntegrationRule : StateRule
{
    private const string PathSuffix = ".$";

    public override void Check(State state, ValidationContext context)
    {
        if (context.Integrations is not { } integrations || state is not TaskState { Resource: { } text })
        {
            return;
        }

        if (TaskResourceRule.HoldsSubstitution(text))
        {
            context.Diagnostics.Schema(DiagnosticMessages.InvalidResource, state.Location + "/Resource");
            return;
        }

        var resource = TaskResource.Parse(text);
        if (resource.Kind != TaskResourceKind.Service)
        {
            return;
        }

        if (!integrations.Recognises(resource))
        {
            string hint = integrations.SuggestsSimilar ? DiagnosticMessages.SimilarNames(integrations.Similar(resource)) : string.Empty;
            context.Diagnostics.Schema(DiagnosticMessages.ResourceNotRecognised(text) + hint, state.Location + "/Resource");
        }
        else if (integrations.Find(resource) is { } action)
        {
            CheckParameters(state, action, context);
        }
    }

    private static void CheckParameters(State state, IntegrationAction action, ValidationContext context)
    {
        bool isJsonata = state.QueryLanguage == QueryLanguage.Jsonata;
        string field = isJsonata ? "Arguments" : "Parameters";
        string location = $"{state.Location}/{field}";
        JsonValue? written = state.Source[field];
        if (written is not (null or JsonObject))
        {
            // An expression, whose members are known when it is evaluated.
            return;
        }

        string[] names = [.. (written as JsonObject ?? JsonObject.Empty).AsSpan().ToArray().Select(member => Name(member.Key, isJsonata))];
        foreach (string name in names)
        {
            if (!action.Takes(name))
            {
                context.Diagnostics.Schema(DiagnosticMessages.UnknownParameter(name), location);
            }
        }

        // Without parameters at all the input is the request.
        foreach (string required in written is null ? [] : action.Required)
        {
            if (!names.Contains(required))
            {
                context.Diagnostics.Schema(DiagnosticMessages.RequiredField(required), location);
            }
        }
    }

    private static string Name(string key, bool isJsonata) =>
        !isJsonata && key.EndsWith(PathSuffix, StringComparison.Ordinal) ? key[..^PathSuffix.Length] : key;
}
