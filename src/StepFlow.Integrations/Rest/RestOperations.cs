using StepFlow.Integrations.Tasks;

namespace StepFlow.Integrations.Rest;

/// <summary>Follows operations to their end.</summary>
internal sealed class RestOperations(RestClient client, TimeProvider time)
{
    /// <summary>Waits for the end of an operation.</summary>
    /// <returns>Its result; or how it failed.</returns>
    public async Task<RestOutcome> FollowAsync(RestTarget target, RestOperation operation, CancellationToken cancellationToken)
    {
        TimeSpan longest = TimeSpan.FromSeconds(target.Options.PollSeconds);
        TimeSpan pause = TimeSpan.FromSeconds(1);
        TimeSpan? asked = operation.RetryAfter;
        while (true)
        {
            if (!RestTarget.IsSameOrigin(operation.Request, operation.Url))
            {
                return new(null, RestErrors.Elsewhere(operation.Url));
            }

            await Task.Delay(asked ?? pause, time, cancellationToken);
            pause = pause * 2 < longest ? pause * 2 : longest;
            RestAnswer? answer;
            try
            {
                answer = await client.SendAsync(target, new(HttpMethod.Get, operation.Url), cancellationToken);
            }
            catch (Exception outage) when (Outages.IsOutage(outage) && !cancellationToken.IsCancellationRequested)
            {
                // The operation goes on, whoever asks for it.
                continue;
            }

            if (answer is null)
            {
                return new(null, RestErrors.TooLarge(target));
            }

            if (!answer.IsSuccess)
            {
                return new(null, RestErrors.Refused(answer));
            }

            if (operation.EndOf(answer) is { } end)
            {
                return await EndAsync(target, operation, end, answer, cancellationToken);
            }

            asked = answer.RetryAfter;
            if (operation.Kind == RestOperationKind.Location && answer.Header("Location") is { } next && Uri.TryCreate(operation.Url, next, out Uri? moved))
            {
                operation = operation with { Url = moved };
            }
        }
    }

    /// <summary>Asks the service to cancel an operation, in the way that the settings say.</summary>
    public async Task CancelAsync(RestTarget target, RestOperation operation, CancellationToken cancellationToken)
    {
        RestRequest? request = target.Options.Cancel switch
        {
            RestCancel.Delete when RestTarget.IsSameOrigin(operation.Request, operation.Url) => new(HttpMethod.Delete, operation.Url),
            RestCancel.Post => new(HttpMethod.Post, new UriBuilder(operation.Request) { Path = operation.Request.AbsolutePath.TrimEnd('/') + "/cancel" }.Uri),
            _ => null,
        };
        if (request is not null)
        {
            await client.SendAsync(target, request, cancellationToken);
        }
    }

    private async Task<RestOutcome> EndAsync(RestTarget target, RestOperation operation, string end, RestAnswer answer, CancellationToken cancellationToken)
    {
        if (!end.Equals(RestOperation.Succeeded, StringComparison.OrdinalIgnoreCase))
        {
            return new(null, RestErrors.OperationEnded(end, answer));
        }

        if (operation.Result is not { } url || !RestTarget.IsSameOrigin(operation.Request, url))
        {
            return new(answer, null);
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
/// <param name="Answer">Its result; null where it failed.</param>
/// <param name="Failure">How it failed; null where it did not.</param>
internal sealed record RestOutcome(RestAnswer? Answer, TaskRejected? Failure);
