namespace StepFlow.Language.Evaluation;

/// <summary>Is shown how data changes on its way through a state that is tested by itself (API operation TestState, <c>inspectionData</c>).</summary>
public interface IStateInspector
{
    /// <summary>A stage was reached.</summary>
    /// <param name="value">What the data, or the setting, came to.</param>
    void Note(InspectedStage stage, JsonValue value);
}
