using StepFlow.Runtime.MapRuns;

namespace StepFlow.Service.Operations;

/// <summary>Changes the concurrency and the tolerated failures of a Map Run that runs (UpdateMapRun).</summary>
internal sealed class UpdateMapRun(IMapRuns directory) : Operation(
    OperationAccess.Operate,
    Member.Required("mapRunArn", Shapes.LongArn),
    Member.Optional("maxConcurrency", new NumberShape { Min = 0 }),
    Member.Optional("toleratedFailurePercentage", new NumberShape { Min = 0, Max = 100, IsInteger = false }),
    Member.Optional("toleratedFailureCount", new NumberShape { Min = 0 }))
{
    public override async Task<JsonObject> InvokeAsync(JsonObject request, CallerContext caller, CancellationToken cancellationToken)
    {
        Arn arn = Arn.Parse(request.RequiredText("mapRunArn"), Arn.MapRunType);
        MapRunRecord run = await directory.FindAsync(arn.Text, cancellationToken) ?? throw ApiErrors.ResourceNotFound(arn.Text);
        long? concurrency = request.Integer("maxConcurrency");
        double? percentage = request.Number("toleratedFailurePercentage");
        long? count = request.Integer("toleratedFailureCount");
        if (concurrency is null && percentage is null && count is null)
        {
            throw ApiErrors.Validation("At least one of maxConcurrency, toleratedFailurePercentage and toleratedFailureCount must be specified", "MISSING_REQUIRED_PARAMETER");
        }

        if (run.Status != MapRunRecord.Running)
        {
            throw ApiErrors.Validation($"Map Run is {run.Status} and cannot be updated: '{arn.Text}'", "CANNOT_UPDATE_COMPLETED_MAP_RUN");
        }

        MapRunSettings settings = run.Settings;
        await directory.UpdateAsync(
            run,
            new((int?)concurrency ?? settings.MaxConcurrency, percentage ?? settings.ToleratedFailurePercentage, count ?? settings.ToleratedFailureCount),
            cancellationToken);
        return JsonObject.Empty;
    }
}
