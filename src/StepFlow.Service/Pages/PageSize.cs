namespace StepFlow.Service.Pages;

/// <summary>How many items a page holds.</summary>
internal static class PageSize
{
    /// <summary>What <c>maxResults</c> of 0, or none, stands for.</summary>
    public const int Default = 100;

    /// <summary>The page size that a request asks for.</summary>
    public static int Of(JsonObject request) => request.Integer("maxResults") is > 0 and var count ? (int)count : Default;
}
