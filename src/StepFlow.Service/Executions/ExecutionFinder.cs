namespace StepFlow.Service.Executions;

/// <summary>Finds Standard executions by their ARN. Express executions are not stored, so no operation finds them.</summary>
internal sealed class ExecutionFinder(IExecutionHost host)
{
    /// <summary>An execution.</summary>
    /// <exception cref="ApiException"><c>InvalidArn</c>, <c>ExecutionDoesNotExist</c>.</exception>
    public async Task<ExecutionRecord> GetAsync(string text, CancellationToken cancellationToken)
    {
        Arn arn = Arn.Parse(text, Arn.ExecutionType);
        return await host.FindAsync(arn.Text, cancellationToken) ?? throw ApiErrors.ExecutionDoesNotExist(text);
    }
}
