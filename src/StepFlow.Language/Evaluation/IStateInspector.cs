namespace StepFlow.Language.Evaluation;

/// <summary>Receives the data flow of a state that is tested alone (API operation TestState, <c>inspectionData</c>).</summary>
public interface IStateInspector
{
    /// <summary>A stage was reached.</summary>
    /// <param name="value">The data after that stage, or the evaluated setting.</param>
    void Note(InspectedStage stage, JsonValue value);
}
