namespace StepFlow.Service.Pages;

/// <summary>How many items a page holds.</summary>
internal static class PageSize
{
    /// <summary>The page size if <c>maxResults</c> is 0 or absent.</summary>
    public const int Default = 100;

    public static int Of(JsonObject request) => request.Integer("maxResults") is > 0 and var count ? (int)count : Default;
}
