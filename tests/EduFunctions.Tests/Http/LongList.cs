using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Http;

/// <summary>A plan of so many rows that nobody reads them on one page.</summary>
internal static class LongList
{
    public static string Page(int rows, ListQuery query)
    {
        var list = new RunList("nordhamn", SampleRun.Held.Run, RunList.Plan, [.. Enumerable.Range(1, rows).Select(Row)]);
        var words = new Wording(Language.English, Registered.Services.GetRequiredService<CodeSentences>(), "/");
        return ListView.Of(
            words, SampleRun.Status(SampleRun.Held), list, query, code => Registered.Services.GetRequiredService<ListCsv>().MeaningOf(code, Language.English),
            new ListReader(MayReadNames: true, MayFindProtected: false)).ToString();
    }

    private static ListedRow Row(int at) => new("changed", at % 3 == 0 ? "sections" : "students", $"id-{at}", null, $"school-{at % 7}", $"Provskolan {at % 7}")
    {
        Columns = [new ChangedColumn("schoolYear", "7", "8"), new ChangedColumn("familyName", null, null, IsWithheld: true)],
    };
}
