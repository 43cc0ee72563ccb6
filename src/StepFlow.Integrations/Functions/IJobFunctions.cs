namespace StepFlow.Integrations.Functions;

/// <summary>Makes functions that jobs run.</summary>
internal interface IJobFunctions
{
    /// <summary>Makes one.</summary>
    /// <param name="job">The job's name in the settings.</param>
    IFunctionHandler Create(string name, string job);
}
