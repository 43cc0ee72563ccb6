using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Protocol;

/// <summary>Refuses requests while a server has as much to do as it may, before memory runs out.</summary>
/// <param name="limits">How much that is.</param>
/// <param name="executions">How many executions are in memory now.</param>
public sealed class RequestLoad(RequestLimits limits, Func<int> executions, TimeProvider time)
{
    /// <summary>The interval at which executions are counted, because counting takes time.</summary>
    private static readonly TimeSpan CountInterval = TimeSpan.FromMilliseconds(5);

    private int _requests;
    private long _bytes;
    private long _counted = long.MinValue;
    private int _executions;

    internal static RequestLoad Unlimited(TimeProvider time) => new(RequestLimits.None, static () => 0, time);

    /// <summary>Accepts a request until its response has ended, or returns the error.</summary>
    internal (RequestShare? Share, ApiError? Refusal) Enter(HttpContext context)
    {
        if (Interlocked.Increment(ref _requests) > limits.Requests)
        {
            Interlocked.Decrement(ref _requests);
            return (null, Refusal(context, $"This server already handles {limits.Requests} requests (Server:MaxRequests)"));
        }

        var share = new RequestShare(this, context);
        context.Response.OnCompleted(static share => ((RequestShare)share).LeaveAsync(), share);
        return (share, null);
    }

    /// <summary>Accepts bytes of a request's body, or returns the error.</summary>
    internal ApiError? Take(HttpContext context, long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= limits.Bytes)
        {
            return null;
        }

        Interlocked.Add(ref _bytes, -bytes);
        return Refusal(context, $"The requests that this server handles would have more than {limits.Bytes} bytes together (Server:MaxRequestBytes)");
    }

    /// <summary>A request's response has ended.</summary>
    internal void Leave(long bytes)
    {
        Interlocked.Decrement(ref _requests);
        Interlocked.Add(ref _bytes, -bytes);
    }

    /// <summary>Why an operation that starts an execution is refused; null where it is not, and for other operations.</summary>
    internal ApiError? CheckStart(HttpContext context, string operation) => operation is "StartExecution" or "StartSyncExecution" or "RedriveExecution" && Count() >= limits.Executions
        ? Refusal(context, $"This server has {limits.Executions} executions in memory (Server:MaxExecutionsInMemory)")
        : null;

    private static ApiError Refusal(HttpContext context, string reason)
    {
        context.Response.Headers.RetryAfter = "1";
        return new(ErrorCodes.Throttling, $"Rate exceeded. {reason}. Try again.", StatusCodes.Status429TooManyRequests);
    }

    private int Count()
    {
        if (limits.Executions == int.MaxValue)
        {
            return 0;
        }

        long now = time.GetTimestamp();
        long counted = Volatile.Read(ref _counted);
        if (counted == long.MinValue || time.GetElapsedTime(counted, now) >= CountInterval)
        {
            Volatile.Write(ref _executions, executions());
            Volatile.Write(ref _counted, now);
        }

        return Volatile.Read(ref _executions);
    }
}
