using Microsoft.AspNetCore.Http;
using StepFlow.Service.Errors;

namespace StepFlow.Service.Protocol;

/// <summary>What one request takes of the server's <see cref="RequestLoad"/>, until its response has ended.</summary>
internal sealed class RequestShare(RequestLoad load, HttpContext context)
{
    private long _bytes;

    /// <summary>Takes on bytes of the body; or says why not. One caller at a time.</summary>
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
