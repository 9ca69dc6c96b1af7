using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>How the server behaves. May be changed while it runs.</summary>
public sealed class EduCloudHabits
{
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// Refuses anything beside <c>limit</c> together with a page token, as the standard says; the real service is more patient.
    /// </summary>
    public bool StrictPaging { get; set; } = true;

    /// <summary>Leaves <c>pageToken</c> out on a last page, instead of null.</summary>
    public bool OmitLastPageToken { get; set; }

    /// <summary>An empty <c>pageToken</c> on a last page, instead of null.</summary>
    public bool EmptyLastPageToken { get; set; }

    /// <summary>How callers show who they are.</summary>
    public WayIn WayIn { get; set; } = WayIn.ClientCredentials;

    /// <summary>Path of the API, up to and with the version.</summary>
    public string Root { get; set; } = $"/ss12000v2-api/source/{EduCloudServer.Customer}/v2.0";

    /// <summary>Path of the token endpoint.</summary>
    public string TokenPath { get; set; } = "/connect/token";

    /// <summary>Collections that are not there (404).</summary>
    public IReadOnlyList<string> Without { get; set; } = [];

    /// <summary>Lets in whoever comes, whatever is shown.</summary>
    public bool Open { get; set; }

    /// <summary>A new token ends all earlier ones.</summary>
    public bool OneTokenAtATime { get; set; }

    /// <summary>Filters by time, kind and order narrow and sort, as the standard says; else they are accepted and do nothing.</summary>
    public bool Narrows { get; set; }

    /// <summary>Filters that do nothing although others narrow.</summary>
    public IReadOnlyList<string> PassesOver { get; set; } = [];

    /// <summary>How a parameter that the standard does not have is refused; null passes it over.</summary>
    public int? UnknownParameterStatus { get; set; }

    /// <summary>A page token that nobody handed out leads to the first page.</summary>
    public bool TakesAnyToken { get; set; }

    /// <summary>Gives as many rows as <c>limit</c> says; else as many as it likes.</summary>
    public bool KeepsLimit { get; set; } = true;

    /// <summary>Whether an entity can be had by its id.</summary>
    public bool ById { get; set; }

    /// <summary>How an id that nobody has is answered.</summary>
    public int UnknownIdStatus { get; set; } = StatusCodes.Status404NotFound;

    /// <summary>How a path that is not there is answered.</summary>
    public int UnknownPathStatus { get; set; } = StatusCodes.Status404NotFound;

    /// <summary>What <c>deletedEntities</c> tells; null when there is no such thing.</summary>
    public IReadOnlyList<Deletion>? Deletions { get; set; }

    /// <summary>Whether answers have an <c>ETag</c> and a question with it is answered 304 while they would be the same.</summary>
    public bool Tags { get; set; }

    /// <summary>What bodies are labelled as.</summary>
    public string MediaType { get; set; } = "application/json";

    /// <summary>Whether persons can be looked up.</summary>
    public bool LooksUp { get; set; } = true;

    /// <summary>Bare lists, of which <c>offset</c> asks for the next part.</summary>
    public bool PagesByOffset { get; set; }

    /// <summary>Rows that a page has at most, whatever is asked for.</summary>
    public int MostPerPage { get; set; } = int.MaxValue;

    /// <summary>Answers in pieces, without saying how long they will be.</summary>
    public bool Chunked { get; set; }

    /// <summary>The body of an error, of code and message; the standard's by default.</summary>
    public Func<string, string, object> Error { get; set; } = (code, message) => new { code, message };

    /// <summary>Compresses for those who accept it.</summary>
    public bool Gzip { get; set; } = true;

    /// <summary>What the header calls the compression; <c>x-gzip</c> is its older name.</summary>
    public string GzipName { get; set; } = "gzip";

    /// <summary>Makes another body of a page's, a look-up's or a token's; null lets all be.</summary>
    public Func<PageRequest, byte[], byte[]>? Rewrite { get; set; }

    /// <summary>At which row a page begins, when the order of the rows moves between two pages; null lets it be.</summary>
    public Func<PageRequest, int, int>? Shift { get; set; }

    public TimeSpan Latency { get; set; }

    public int DefaultPageSize { get; set; } = 100;

    /// <summary>Persons that only a look-up hands out.</summary>
    public ISchoolData? Unlisted { get; set; }

    /// <summary>Whether a look-up that names somebody unknown is answered with 404, for all its ids.</summary>
    public bool RefuseUnknown { get; set; }

    /// <summary>Ids of a look-up beyond which its answer is too large (503).</summary>
    public int MostLookedUp { get; set; } = int.MaxValue;

    /// <summary>Asked before every answer; null lets it be.</summary>
    public Func<PageRequest, Fault?>? Fault { get; set; }

    /// <summary>By which access tokens grow old, and answers are dated.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Filters by time pass what is of the very time that they name, although the standard leaves it out.</summary>
    public bool AfterIsInclusive { get; set; }

    internal string? Packing => Gzip ? GzipName : null;
}

/// <summary>An entity that is gone.</summary>
public sealed record Deletion(string Collection, string Id, DateTimeOffset At);
