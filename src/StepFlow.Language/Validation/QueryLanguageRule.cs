namespace StepFlow.Language.Validation;

/// <summary>A state's query language must exist. It is reported after unsupported fields, as in Step Functions.</summary>
internal sealed class QueryLanguageRule : StateRule
{
    public override void Check(State state, ValidationContext context) =>
        DefinitionParser.CheckLanguage(state.Source, state.Location, context.Diagnostics);
}
