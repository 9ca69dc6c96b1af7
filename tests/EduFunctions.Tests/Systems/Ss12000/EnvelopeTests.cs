using System.Text;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>What stands beside the rows of an answer: known to change nothing, speaking against the list, or told of.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class EnvelopeTests
{
    public static TheoryData<string, string> Errors => new()
    {
        { """ "code": "source_unavailable" """, "the error source_unavailable" },
        { """ "Code": "source_unavailable" """, "the error source_unavailable" },
        { """ "CODE": "E17" """, "(a code that is no word)" },
        { """ "code": 500 """, "the error 500" },
        { """ "code": "503" """, "the error 503" },
        { """ "code": 198001019802 """, "(a code that is no word)" },
        { """ "code": {"value": "x"} """, "(a code that is no word)" },
        { """ "code": "x", "pageToken": "more" """, "the error x" },
        { """ "error": "source_unavailable" """, "\"error\"" },
        { """ "error": {"code": 503, "message": "partial"} """, "\"error\"" },
        { """ "errors": [{"message": "timeout"}] """, "\"errors\"" },
        { """ "errorCode": "E1" """, "\"errorcode\"" },
        { """ "error_description": "late" """, "\"errordescription\"" },
        { """ "exception": "x" """, "\"exception\"" },
        { """ "status": 503, "title": "Service Unavailable" """, "\"status\"" },
        { """ "status": "503" """, "\"status\"" },
        { """ "status": "error" """, "\"status\"" },
        { """ "title": "Service Unavailable" """, "\"title\"" },
        { """ "detail": "backend timeout" """, "\"detail\"" },
        { """ "message": "Could not find any current data set" """, "\"message\"" },
        { """ "success": false """, "\"success\"" },
        { """ "warnings": ["late"] """, "\"warnings\"" },
        { """ "meta": {"lastError": "x"} """, "\"lasterror\"" },
        { """ "notes": ["The backend is unavailable"] """, "\"notes\"" },
        { """ "warnings": ["Property sex is deprecated", "late"] """, "\"warnings\"" },
        { """ "fel": "Tidsgräns" """, "\"fel\"" },
        { """ "felkod": 17 """, "\"felkod\"" },
        { """ "fejlbesked": "x" """, "\"fejlbesked\"" },
        { """ "problems": ["x"] """, "\"problems\"" },
        { """ "severity": "fatal" """, "\"severity\"" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void An_error_is_one_by_whatever_name(string member, string told) =>
        Assert.Contains(told, Parse(member).Page.Error);

    [Theory]
    [InlineData(""" "truncated": true """, "truncated")]
    [InlineData(""" "isTruncated": true """, "istruncated")]
    [InlineData(""" "partial": true """, "partial")]
    [InlineData(""" "isLastPage": false """, "islastpage")]
    [InlineData(""" "lastPage": "false" """, "lastpage")]
    [InlineData(""" "complete": false """, "complete")]
    [InlineData(""" "pageTokenNext": "x" """, "pagetokennext")]
    [InlineData(""" "PageToken": "x" """, "pagetoken")]
    [InlineData(""" "page_token": "x" """, "pagetoken")]
    [InlineData(""" "nextPage": 2 """, "nextpage")]
    [InlineData(""" "cursor": "x" """, "cursor")]
    [InlineData(""" "hasMore": true """, "hasmore")]
    [InlineData(""" "continuation": "x" """, "continuation")]
    [InlineData(""" "meta": {"pageToken": "x"} """, "pagetoken")]
    [InlineData(""" "links": {"next": "https://register.example/?page=2"} """, "next")]
    [InlineData(""" "@odata.nextLink": "x" """, "odatanextlink")]
    [InlineData(""" "links": [{"rel": "self", "href": "x"}, {"rel": "next", "href": "x"}] """, "rel")]
    [InlineData(""" "remaining": 3 """, "remaining")]
    [InlineData(""" "rowsLeft": 1 """, "rowsleft")]
    [InlineData(""" "moreRecords": true """, "morerecords")]
    [InlineData(""" "limitReached": true """, "limitreached")]
    [InlineData(""" "skipped": 4 """, "skipped")]
    [InlineData(""" "final": false """, "final")]
    [InlineData(""" "end": false """, "end")]
    [InlineData(""" "slut": false """, "slut")]
    public void A_list_that_says_it_goes_on_is_not_at_its_end(string member, string told)
    {
        var refused = Assert.Throws<PageFailedException>(() => Parse(member));

        Assert.Contains($"\"{told}\"", refused.Message);
    }

    [Theory]
    [InlineData(""" "pageToken": null """)]
    [InlineData(""" "code": null """)]
    [InlineData(""" "code": 0, "status": 200, "message": "OK" """)]
    [InlineData(""" "error": null, "errors": [], "errorCount": 0, "hasErrors": false """)]
    [InlineData(""" "success": true, "truncated": false, "isLastPage": true, "hasMore": false """)]
    [InlineData(""" "next": null, "nextPageToken": "", "prevPageToken": "x", "links": {"self": "x", "next": null} """)]
    [InlineData(""" "title": "Groups", "warnings": ["Property birthDate is deprecated"] """)]
    [InlineData(""" "remaining": 0, "rowsLeft": 0, "moreRecords": false, "limitReached": false, "final": true, "end": true, "skipped": 0, "problems": [] """)]
    [InlineData(""" "limit": 100, "offset": 0, "page": 1, "pages": 1, "total": 1, "count": 1, "@odata.context": "x" """)]
    public void What_speaks_against_nothing_is_no_finding(string member)
    {
        var (page, ids) = Parse(member);

        Assert.Equal((1, null, null), (page.Rows, page.Next, page.Error));
        Assert.Empty(ids.Unknown);
    }

    [Fact]
    public void What_nobody_knows_is_told_by_its_name_once()
    {
        var (page, ids) = Parse(""" "Huvudman 17": "Nordhamn", "country": 46, "huvudman": {"title": "Kommun"} """);

        Assert.Equal((1, null), (page.Rows, page.Error));
        Assert.Equal(["country", "huvudman"], ids.Unknown);
    }

    [Fact]
    public void The_size_that_a_list_has_by_its_own_account_is_kept()
    {
        var (_, ids) = Parse(""" "meta": {"totalCount": "9999", "total_pages": 4} """);

        Assert.Equal(new ListSize(9999, 4), ids.Size);
    }

    [Theory]
    [InlineData(""" "meta": {"pagination": {"total": 6, "count": 5}} """, 6)]
    [InlineData(""" "total": 9999.0 """, 9999)]
    [InlineData(""" "count": "9 999" """, 9999)]
    [InlineData(""" "antal": 9999 """, 9999)]
    [InlineData(""" "antalRader": "9999" """, 9999)]
    public void Numbers_of_rows_are_read_wherever_and_however_they_are_written(string member, long rows) => Assert.Equal(rows, Parse(member).Ids.Size.Rows);

    private static (PageBody Page, CollectionIds Ids) Parse(string members)
    {
        var ids = new CollectionIds();
        return (PageBody.Parse(Encoding.UTF8.GetBytes($$"""{"data": [{"id": "7f9619ff-8b86-4011-b42d-00cf4fc964ff"}], {{members}}}"""), ids), ids);
    }
}
