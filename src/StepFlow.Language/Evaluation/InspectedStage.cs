namespace StepFlow.Language.Evaluation;

/// <summary>A stage of the data flow through a state (API type <c>InspectionData</c>).</summary>
public enum InspectedStage
{
    /// <summary>After <c>InputPath</c>.</summary>
    InputPath,

    /// <summary>After <c>Parameters</c>.</summary>
    Parameters,

    /// <summary>After <c>Arguments</c>.</summary>
    Arguments,

    /// <summary>The items of a Map, after <c>ItemsPath</c>.</summary>
    ItemsPath,

    /// <summary>The items that an ItemReader read, after <c>ItemsPointer</c>.</summary>
    ItemsPointer,

    /// <summary>The inputs of the iterations, after <c>ItemSelector</c>.</summary>
    ItemSelector,

    /// <summary>The inputs of the iterations, after <c>ItemBatcher</c>.</summary>
    ItemBatcher,

    /// <summary><c>MaxConcurrency</c>; 0 for no limit.</summary>
    MaxConcurrency,

    /// <summary><c>ToleratedFailureCount</c>.</summary>
    ToleratedFailureCount,

    /// <summary><c>ToleratedFailurePercentage</c>, 0 to 100.</summary>
    ToleratedFailurePercentage,

    /// <summary>The result of the state's work.</summary>
    Result,

    /// <summary>After <c>ResultSelector</c>.</summary>
    ResultSelector,

    /// <summary>After <c>ResultPath</c>.</summary>
    ResultPath,
}
