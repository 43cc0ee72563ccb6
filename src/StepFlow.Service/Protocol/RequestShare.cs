using Microsoft.AspNetCore.Http;

namespace StepFlow.Service.Protocol;

/// <summary>The part of the server's <see cref="RequestLoad"/> that one request uses until its response has ended.</summary>
internal sealed class RequestShare(RequestLoad load, HttpContext context)
{
    private long _bytes;

    /// <summary>Accepts bytes of the body, or returns the error. One caller at a time.</summary>
    public ApiError? Take(long bytes)
    {
        ApiError? refusal = load.Take(context, bytes);
        _bytes += refusal is null ? bytes : 0;
        return refusal;
    }

    /// <summary>The response has ended.</summary>
    public Task LeaveAsync()
    {
        load.Leave(_bytes);
        return Task.CompletedTask;
    }
}
