using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>Ways of answering of other registers than EduCloud, as their public code shows them.</summary>
public static class Registers
{
    private static readonly string[] NeitherPlacementsNorSyllabuses = ["placements", "syllabuses"];

    /// <summary>The standard to the letter: filters narrow, what it does not have is refused, and what is optional is there.</summary>
    public static void Strict(EduCloudHabits habits)
    {
        (habits.StrictPaging, habits.UnknownParameterStatus) = (true, StatusCodes.Status400BadRequest);
        (habits.Narrows, habits.ById, habits.Tags) = (true, true, true);
        habits.Deletions ??= [];
    }

    /// <summary>As little of the standard as still is one: nothing narrows, nothing is refused, limits are passed over, and of what is optional nothing is there.</summary>
    public static void Loose(EduCloudHabits habits)
    {
        (habits.StrictPaging, habits.TakesAnyToken, habits.KeepsLimit) = (false, true, false);
        (habits.OneTokenAtATime, habits.LooksUp, habits.Gzip, habits.OmitLastPageToken) = (true, false, false, true);
        habits.MediaType = "text/plain";
        habits.Error = (_, message) => new { error = message };
    }

    /// <summary>
    /// The national agency's reference server (skolverket/dnp-ss12000-reference-api): a bearer token from elsewhere, answers in pieces, no page token on
    /// a last page, errors within an object, neither placements nor syllabuses nor look-ups.
    /// </summary>
    public static void Reference(EduCloudHabits habits)
    {
        habits.WayIn = WayIn.Bearer;
        habits.Root = "";
        habits.Without = NeitherPlacementsNorSyllabuses;
        habits.LooksUp = false;
        (habits.Chunked, habits.Gzip, habits.OmitLastPageToken) = (true, false, true);
        habits.Error = (code, message) => new { error = new { code = 400, message } };
    }

    /// <summary>
    /// A small administration's server (John-Hammer/ss12000-demo-sis): its own token endpoint, 50 rows a page unless asked for more, errors as a
    /// <c>detail</c>, neither placements nor syllabuses.
    /// </summary>
    public static void SmallAdministration(EduCloudHabits habits)
    {
        (habits.Root, habits.TokenPath) = ("/v2.0", "/token");
        habits.Without = NeitherPlacementsNorSyllabuses;
        (habits.DefaultPageSize, habits.Gzip) = (50, false);
        habits.Error = (_, message) => new { detail = message };
    }

    /// <summary>A list server (Delph1/fastapi-ss12000-server): bare lists by <c>limit</c> and <c>offset</c>, at most 100 rows whatever is asked for, version 2.1.</summary>
    public static void Lists(EduCloudHabits habits)
    {
        habits.WayIn = WayIn.ApiKey;
        habits.Root = "/v2.1";
        (habits.PagesByOffset, habits.MostPerPage, habits.Gzip) = (true, 100, false);
        habits.Error = (_, message) => new { detail = message };
    }
}
