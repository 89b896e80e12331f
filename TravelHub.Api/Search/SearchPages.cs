using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TravelHub.Api.Paging;
using TravelHub.Api.Reads;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>
/// Answers to searches as they are sent. Until the cluster is asked anew the offers are the same array, and so a page of them is the same bytes: they are
/// written once and kept beside the array, for as long as that lives. Writing them was more than half of what a remembered answer cost.
/// </summary>
internal sealed class SearchPages(OfferSearch search, IOptions<JsonOptions> json)
{
    /// <summary>Pages kept of one search; whoever asks for more kinds of them, or for a larger one, has it written each time.</summary>
    private const int MostPages = 2;

    // Larger ones are rarely asked for twice in time, and live outside the heap that is tidied often.
    private const int LargestPageBytes = 64 << 10;

    private readonly ConditionalWeakTable<Offer[], ConcurrentDictionary<PageKey, byte[]>> _pages = [];

    public IResult Of(Reading<ImmutableArray<Offer>> reading, SearchRequest wanted)
    {
        var pages = _pages.GetOrCreateValue(ImmutableCollectionsMarshal.AsArray(reading.Value)!);
        var key = new PageKey(wanted.MaxPriceMinor, wanted.Sort, wanted.Limit, wanted.After, reading.IsStale);
        if (!pages.TryGetValue(key, out var page))
        {
            var answer = search.Page(reading, wanted);
            page = JsonSerializer.SerializeToUtf8Bytes(new PageBody(answer.Data, answer.Meta), json.Value.SerializerOptions);
            if (page.Length <= LargestPageBytes && pages.Count < MostPages)
                pages.TryAdd(key, page);
        }

        return new Answer(page, JsonSerializer.SerializeToUtf8Bytes(new ReadingBody(reading.Source, reading.AsOf, reading.Degraded), json.Value.SerializerOptions));
    }

    /// <param name="IsStale">Such a page has no quotes.</param>
    private readonly record struct PageKey(long? MaxPriceMinor, string Sort, int Limit, OfferPlace? After, bool IsStale);

    private sealed record PageBody(ImmutableArray<OfferAnswer> Data, PageMeta Meta);

    private sealed record ReadingBody(string Source, DateTimeOffset AsOf, bool Degraded);

    /// <summary>The two JSON objects as one, which is a <see cref="SearchAnswer"/>.</summary>
    private sealed class Answer(byte[] page, byte[] reading) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = page.Length + reading.Length - 1;
            response.BodyWriter.Write(page.AsSpan(0, page.Length - 1));
            response.BodyWriter.Write(","u8);
            response.BodyWriter.Write(reading.AsSpan(1));
            await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
        }
    }
}
