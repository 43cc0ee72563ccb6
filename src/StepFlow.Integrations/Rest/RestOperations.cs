namespace StepFlow.Integrations.Rest;

/// <summary>Follows operations to their end.</summary>
internal sealed class RestOperations(RestClient client, TimeProvider time)
{
    /// <summary>Waits for the end of an operation.</summary>
    /// <returns>Its result; or how it failed.</returns>
    public async Task<RestOutcome> FollowAsync(RestTarget target, RestOperation operation, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(PauseBefore(target, operation), time, cancellationToken);
            (RestOutcome? end, operation) = await PollAsync(target, operation, cancellationToken);
            if (end is not null)
            {
                return end;
            }
        }
    }

    /// <summary>The time until an operation's state is read.</summary>
    public static TimeSpan PauseBefore(RestTarget target, RestOperation operation) =>
        operation.RetryAfter ?? TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Min(operation.Polls, 30)), target.Options.PollSeconds));

    /// <summary>Calls an operation once.</summary>
    /// <returns>Its result or failure, null while it runs; and the operation for the next call.</returns>
    public async Task<(RestOutcome? End, RestOperation Next)> PollAsync(RestTarget target, RestOperation operation, CancellationToken cancellationToken)
    {
        RestOperation next = operation with { RetryAfter = null, Polls = operation.Polls + 1 };
        if (!RestTarget.IsSameOrigin(operation.Request, operation.Url))
        {
            return (new(null, RestErrors.Elsewhere(operation.Url)), next);
        }

        RestResponse? response;
        try
        {
            response = await client.SendAsync(target, new(HttpMethod.Get, operation.Url), cancellationToken);
        }
        catch (Exception outage) when (Outages.IsOutage(outage) && !cancellationToken.IsCancellationRequested)
        {
            // The operation continues even if its state cannot be read.
            return (null, next);
        }

        if (response is not { IsSuccess: true })
        {
            return (new(null, response is null ? RestErrors.TooLarge(target) : RestErrors.Refused(response)), next);
        }

        if (operation.EndOf(response) is { } end)
        {
            return (await EndAsync(target, operation, end, response, cancellationToken), next);
        }

        bool moved = operation.Kind == RestOperationKind.Location && response.Header("Location") is not null;
        return (null, next with { RetryAfter = response.RetryAfter, Url = moved && Uri.TryCreate(operation.Url, response.Header("Location"), out Uri? url) ? url : operation.Url });
    }

    /// <summary>Cancels an operation, in the way of the settings.</summary>
    public async Task CancelAsync(RestTarget target, RestOperation operation, CancellationToken cancellationToken)
    {
        RestRequest? request = target.Options.Cancel switch
        {
            _ when operation.Cancellation is { } own => new(HttpMethod.Post, own),
            RestCancel.Delete when RestTarget.IsSameOrigin(operation.Request, operation.Url) => new(HttpMethod.Delete, operation.Url),
            RestCancel.Post => new(HttpMethod.Post, new UriBuilder(operation.Request) { Path = operation.Request.AbsolutePath.TrimEnd('/') + "/cancel" }.Uri),
            _ => null,
        };
        if (request is not null)
        {
            await client.SendAsync(target, request, cancellationToken);
        }
    }

    private async Task<RestOutcome> EndAsync(RestTarget target, RestOperation operation, string end, RestResponse response, CancellationToken cancellationToken)
    {
        if (!end.Equals(RestOperation.Succeeded, StringComparison.OrdinalIgnoreCase))
        {
            return new(null, RestErrors.OperationEnded(end, response));
        }

        if (operation.Result is not { } url || !RestTarget.IsSameOrigin(operation.Request, url))
        {
            return new(response, null);
        }

        return await client.SendAsync(target, new(HttpMethod.Get, url), cancellationToken) switch
        {
            null => new(null, RestErrors.TooLarge(target)),
            { IsSuccess: false } refused => new(null, RestErrors.Refused(refused)),
            var result => new(result, null),
        };
    }
}

/// <summary>How an operation ended.</summary>
/// <param name="Response">Its result; null where it failed.</param>
/// <param name="Failure">How it failed; null where it did not.</param>
internal sealed record RestOutcome(RestResponse? Response, TaskRejected? Failure);
