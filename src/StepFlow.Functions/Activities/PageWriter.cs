using System.Text;
using StepFlow.Functions.Messages;
using StepFlow.Functions.Storage;
using StepFlow.Runtime.MapRuns;

namespace StepFlow.Functions.Activities;

/// <summary>Takes the children that a reading gives and writes them to pages; says when the reading has enough of them.</summary>
internal sealed class PageWriter(ExecutionStorage storage, OpenedMapRun run, ChildrenReading request)
{
    /// <summary>So many children a reading takes, about.</summary>
    private const int MaxChildren = 40 * MapRunPages.PageSize;

    /// <summary>So many bytes of inputs a reading takes, about: they are in memory meanwhile.</summary>
    private const long MaxBytes = 32 * 1024 * 1024;

    /// <summary>So many bytes of inputs a page takes, about: they are in memory while its children run.</summary>
    private const long PageBytes = 4 * 1024 * 1024;

    /// <summary>A few Express children are spread over so many pages, so that several instances run them.</summary>
    private const int FewestPages = 32;

    private readonly List<WaitingPage> _pages = [];
    private readonly List<MapRunEntry> _children = [];
    private long _bytes;
    private long _items;
    private int _page = request.Page;

    /// <summary>Takes a child.</summary>
    /// <returns>False where the reading has enough.</returns>
    public async ValueTask<bool> TakeAsync(MapRunEntry child, CancellationToken cancellationToken)
    {
        _children.Add(child);
        _bytes += child.Input.Utf8Length;
        _items += child.Items;
        if (_children.Count < MaxChildren && _bytes < MaxBytes)
        {
            return true;
        }

        await WriteAsync(cancellationToken);

        // A file is read from its beginning each time. With each reading twice as far, that is twice the work in all.
        return run.Command.State.ItemReader is not null && _items < request.Item;
    }

    /// <summary>Writes what is left.</summary>
    /// <param name="isLast">Whether there are no more items.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ChildrenRead> CloseAsync(bool isLast, CancellationToken cancellationToken)
    {
        await WriteAsync(cancellationToken);
        return new()
        {
            Pages = await storage.StoreAsync(Encoding.UTF8.GetBytes(PageText.Write(_pages)), cancellationToken),
            NextPage = _page,
            NextItem = request.Item + _items,
            IsLast = isLast,
        };
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        int most = run.Command.State.IsExpress ? Math.Clamp((_children.Count + FewestPages - 1) / FewestPages, 1, MapRunPages.PageSize) : MapRunPages.PageSize;
        var written = new List<(int Page, IReadOnlyList<MapRunEntry> Children)>();
        for (int from = 0; from < _children.Count;)
        {
            int count = 0;
            long bytes = 0;
            while (count < most && from + count < _children.Count && (count == 0 || bytes < PageBytes))
            {
                bytes += _children[from + count++].Input.Utf8Length;
            }

            written.Add((_page, _children.GetRange(from, count)));
            _pages.Add(new(_page, 0, MapRunPages.FirstOf(_page), [.. _children.GetRange(from, count).Select(static child => child.Items)]));
            from += count;
            _page++;
        }

        await ParallelWork.ForEachAsync(
            written,
            async (page, token) => await storage.MapRunPages.WriteAsync(run.Names.Arn, page.Page, page.Children, token),
            cancellationToken);
        _children.Clear();
        _bytes = 0;
    }
}
