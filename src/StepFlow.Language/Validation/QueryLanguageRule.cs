using StepFlow.Language.Definition;

namespace StepFlow.Language.Validation;

/// <summary>A state's query language is one that there is. Told after the fields that the language does not have, as the service does.</summary>
internal sealed class QueryLanguageRule : StateRule
{
    public override void Check(State state, ValidationContext context) =>
        DefinitionParser.CheckLanguage(state.Source, state.Location, context.Diagnostics);
}
