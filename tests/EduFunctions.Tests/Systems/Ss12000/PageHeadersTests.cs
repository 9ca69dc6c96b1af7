using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Heads of answers say that there is more, or how much there is.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PageHeadersTests
{
    [Theory]
    [InlineData("Link", "<https://register.example/groups?page=2>; rel=\"next\"", null, "Link")]
    [InlineData("Link", "<https://register.example/groups>; rel=self, </groups?page=2>;rel=next", null, "Link")]
    [InlineData("Link", "<https://register.example/groups>; rel=\"prev\"", null, null)]
    [InlineData("X-Next-Page-Token", "abc", null, "X-Next-Page-Token")]
    [InlineData("X-Has-More", "true", null, "X-Has-More")]
    [InlineData("X-Has-More", "false", null, null)]
    [InlineData("X-Total-Count", "6", 6L, null)]
    [InlineData("X-RateLimit-Remaining", "998", null, null)]
    [InlineData("X-RateLimit-Total-Count", "1000", null, null)]
    [InlineData("X-Csrf-Token", "abc", null, null)]
    [InlineData("X-Request-Id", "17", null, null)]
    [InlineData("Content-Range", "items 0-4/6", 6L, null)]
    [InlineData("Content-Range", "items 0-4/*", null, null)]
    public void A_head_is_read_for_what_it_says_of_the_list(string name, string value, long? rows, string? next)
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        Assert.True(answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value));

        Assert.Equal(new PageHeaders(rows, next), PageHeaders.Of(answer, SilentSizes.None));
    }

    [Theory]
    [InlineData("X-Total-Count")]
    [InlineData("x-total-count")]
    [InlineData("Content-Range")]
    public void A_number_of_rows_that_is_named_says_nothing(string named)
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent([]) };
        answer.Content.Headers.TryAddWithoutValidation(named, named == "Content-Range" ? "items 0-7/43" : "43");

        Assert.Equal(43, PageHeaders.Of(answer, SilentSizes.None).Rows);
        Assert.Null(PageHeaders.Of(answer, new SilentSizes(["total", named])).Rows);
    }
}
