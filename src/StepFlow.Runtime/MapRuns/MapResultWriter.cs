using System.Globalization;
using StepFlow.Execution.Commands;
using StepFlow.Language.Evaluation;

namespace StepFlow.Runtime.MapRuns;

/// <summary>
/// Writes the result of a Map Run: the children's outputs in item order, or with a ResultWriter files of
/// results by status and a manifest. Then the result is the address of the manifest.
/// </summary>
/// <param name="command">The command of the execution.</param>
/// <param name="clock">The clock of the pauses after an outage of the store.</param>
public sealed class MapResultWriter(StartMapRun command, MapRunNames names, IObjectStore? objects, TimeProvider clock)
{
    private readonly RepeatedObjectStore? _objects = objects is null ? null : new RepeatedObjectStore(objects, clock);
    private readonly JsonObject? _config = command.State.ResultWriter?.Config;

    private string Transformation => (_config?["Transformation"] as JsonString)?.Value
        ?? (command.State.ResultWriter?.Resource is null ? "COMPACT" : "NONE");

    private bool IsLines => _config?["OutputType"] is JsonString { Value: "JSONL" };

    /// <summary>Writes the results of a run whose children have ended.</summary>
    /// <param name="outcomes">How the children ended.</param>
    /// <param name="tally">The run's counts. The counts of the results are added.</param>
    /// <param name="tooManyFailures">Whether the run fails because too many children failed. Its results are still written.</param>
    /// <returns>The state's result; or why the run fails.</returns>
    public async Task<MapRunOutcome> EndAsync(IMapRunResults outcomes, MapRunTally tally, bool tooManyFailures, CancellationToken cancellationToken)
    {
        Outcome<JsonValue> result = await WriteAsync(outcomes, cancellationToken);
        StatesError? error = tooManyFailures ? MapRunErrors.TooManyFailures() : result.Error;
        if (error is not null)
        {
            return new(null, error);
        }

        tally.Written();
        return new(result.Value, null);
    }

    private async Task<Outcome<JsonValue>> WriteAsync(IMapRunResults outcomes, CancellationToken cancellationToken)
    {
        if (command.State.ResultWriter?.Resource is null)
        {
            var results = new List<JsonValue>();
            await foreach (MapRunEntry child in outcomes.ReadAsync(OutcomeGroup.All, 0, cancellationToken))
            {
                results.AddRange(Results(child));
            }

            return JsonArray.From(results);
        }

        if (_objects is null)
        {
            return MapRunErrors.WriterFailed(MapRunErrors.NoObjectStore);
        }

        var arguments = command.WriterArguments as JsonObject ?? JsonObject.Empty;
        if (arguments["Bucket"] is not JsonString bucket)
        {
            return MapRunErrors.WriterFailed(MapRunErrors.Missing("Bucket"));
        }

        string prefix = arguments["Prefix"] is JsonString { Value.Length: > 0 } given ? given.Value.TrimEnd('/') + "/" : string.Empty;
        try
        {
            return await WriteAsync(bucket, prefix + names.Id + "/", outcomes, cancellationToken);
        }
        catch (ObjectStoreException refusal)
        {
            return MapRunErrors.WriterFailed(refusal.Message);
        }
    }

    private async Task<JsonObject> WriteAsync(JsonString bucket, string folder, IMapRunResults outcomes, CancellationToken cancellationToken)
    {
        JsonObject files = JsonObject.Create(
            ("FAILED", await WriteFilesAsync(bucket.Value, folder + "FAILED", outcomes, OutcomeGroup.Failed, cancellationToken)),
            ("PENDING", await WriteFilesAsync(bucket.Value, folder + "PENDING", outcomes, OutcomeGroup.Pending, cancellationToken)),
            ("SUCCEEDED", await WriteFilesAsync(bucket.Value, folder + "SUCCEEDED", outcomes, OutcomeGroup.Succeeded, cancellationToken)));
        JsonObject manifest = JsonObject.Create(("DestinationBucket", bucket), ("MapRunArn", names.Arn), ("ResultFiles", files));
        string key = folder + "manifest.json";
        await _objects!.WriteAsync(new(bucket.Value, key), manifest.ToUtf8(), cancellationToken);
        return JsonObject.Create(
            ("MapRunArn", names.Arn),
            ("ResultWriterDetails", JsonObject.Create(("Bucket", bucket), ("Key", key))));
    }

    /// <summary>Writes the results of a group, to as many files as their size needs; none if there are no results.</summary>
    private async Task<JsonArray> WriteFilesAsync(
        string bucket, string name, IMapRunResults outcomes, OutcomeGroup group, CancellationToken cancellationToken)
    {
        var files = new List<JsonValue>();
        int? next = 0;
        while (await FirstAsync(outcomes, group, next, cancellationToken) is { } first)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{name}_{files.Count}.{(IsLines ? "jsonl" : "json")}");
            long size = 0;
            await _objects!.WriteAsync(
                new ObjectAddress(bucket, key),
                async (content, token) =>
                {
                    var file = new MapResultFile(content, IsLines);
                    next = await file.WriteAsync(outcomes.ReadAsync(group, first, token), Results, token);
                    size = file.Size;
                },
                cancellationToken);
            files.Add(JsonObject.Create(("Key", key), ("Size", size)));
        }

        return JsonArray.From(files);
    }

    /// <summary>The index of the first child that has a result; null if there is none.</summary>
    private async Task<int?> FirstAsync(IMapRunResults outcomes, OutcomeGroup group, int? from, CancellationToken cancellationToken)
    {
        if (from is null)
        {
            return null;
        }

        await foreach (MapRunEntry child in outcomes.ReadAsync(group, from.Value, cancellationToken))
        {
            if (Results(child).Any())
            {
                return child.Index;
            }
        }

        return null;
    }

    /// <summary>The results of a child: one, or with flattening any number.</summary>
    private IEnumerable<JsonValue> Results(MapRunEntry child)
    {
        JsonValue result = Shape(child);
        return Transformation == "FLATTEN" && result is JsonArray array ? array : [result];
    }

    /// <summary>A child's output, or, untransformed and for every child that did not succeed, all that is known of it.</summary>
    private JsonValue Shape(MapRunEntry entry) =>
        Transformation != "NONE" && entry.Result is { Status: ExecutionStatus.Succeeded, Output: { } output } ? output : Describe(entry);

    private static JsonObject Describe(MapRunEntry entry)
    {
        JsonObject included = JsonObject.Create(("Included", true));
        ExecutionStatus? status = entry.Result?.Status;
        JsonObjectBuilder text = new JsonObjectBuilder()
            .SetIfPresent("Cause", entry.Result?.Error?.Cause)
            .SetIfPresent("Error", entry.Result?.Error is { Name.Length: > 0 } error ? error.Name : null)
            .Set("ExecutionArn", entry.ExecutionArn)
            .Set("Input", entry.Input.ToString())
            .Set("InputDetails", included)
            .Set("Name", entry.Name);
        if (entry.Result?.Output is { } output)
        {
            text.Set("Output", output.ToString()).Set("OutputDetails", included);
        }

        text.Set("RedriveCount", 0).Set("RedriveStatus", status is null or ExecutionStatus.Succeeded ? "NOT_REDRIVABLE" : "REDRIVABLE");
        if (status is ExecutionStatus.Succeeded)
        {
            text.Set("RedriveStatusReason", "Execution is SUCCEEDED and cannot be redriven");
        }

        if (entry.Result is { } result)
        {
            text.Set("StartDate", IsoTime.Milliseconds(entry.StartTime)).Set("StateMachineArn", entry.StateMachineArn)
                .Set("Status", StatusNames.Of(result.Status)).Set("StopDate", IsoTime.Milliseconds(result.StopTime));
        }
        else
        {
            text.Set("StateMachineArn", entry.StateMachineArn).Set("Status", "PENDING");
        }

        return text.Build();
    }
}
