using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>One place has one key, however it is written; and what is on record of a place is where its feed looks for it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TargetKeyTests
{
    private const string Box = "sftp://anna@upload.example.org:22/dropbox";

    [Theory]
    [InlineData(Box, "sftp://anna@upload.example.org:22/dropbox/")]
    [InlineData(Box, "sftp://anna@upload.example.org:22//dropbox")]
    [InlineData(Box, "sftp://anna@upload.example.org:22/./dropbox/.")]
    [InlineData(Box, "sftp://anna@upload.example.org:22/x/../dropbox")]
    [InlineData(Box, "sftp://anna@upload.example.org:22/../dropbox")]
    [InlineData(Box, "SFTP://anna@UPLOAD.Example.org.:22/dropbox")]
    [InlineData(Box, "sftp://anna@upload.example.org/dropbox")]
    [InlineData("sftp://a@b@192.0.2.1:22/in", "sftp://a@b@192.0.513:22/in")]
    [InlineData("sftp://anna@192.0.2.1:22/in", "sftp://anna@::ffff:192.0.2.1:22/in")]
    [InlineData("sftp://anna@192.0.2.1:22/in", "sftp://anna@3221225985:22/in")]
    [InlineData("sftp://anna@2001:db8::1:22/in", "sftp://anna@[2001:0db8:0::1]:22/in")]
    [InlineData("sftp://anna@127.0.0.1:22/in", "sftp://anna@localhost:22/in")]
    [InlineData("sftp://anna@127.0.0.1:22/in", "sftp://anna@127.1:22/in")]
    [InlineData("sftp://anna@127.0.0.1:22/in", "sftp://anna@::1:22/in")]
    [InlineData("sftp://anna@127.0.0.1:22/in", "sftp://anna@LOCALHOST.:22/in")]
    [InlineData("https://learn.example.org/webapps/endpoint", "HTTPS://Learn.example.org:443/webapps//endpoint/?a=b")]
    [InlineData("https://learn.example.org/webapps/endpoint", "https://learn.example.org/webapps/%65ndpoint#a")]
    [InlineData("http://127.0.0.1:5000/endpoint", "http://localhost:5000/endpoint?")]
    public void All_spellings_of_a_place_have_one_key(string address, string other) => Assert.Equal(TargetKey.Of(address), TargetKey.Of(other));

    [Theory]
    [InlineData("sftp://anna@upload.example.org:22/Dropbox")]
    [InlineData("sftp://anna@upload.example.org:22/dropbox/new")]
    [InlineData("sftp://anna@upload.example.org:22/")]
    [InlineData("sftp://anna@upload.example.org:2222/dropbox")]
    [InlineData("sftp://bo@upload.example.org:22/dropbox")]
    [InlineData("sftp://anna@upload.example.com:22/dropbox")]
    [InlineData("https://upload.example.org:22/dropbox")]
    public void Another_place_has_another_key(string other) => Assert.NotEqual(TargetKey.Of(Box), TargetKey.Of(other));

    [Theory]
    [InlineData("sftp://anna@localhost:22/in", true)]
    [InlineData("http://[::1]:5000/endpoint", true)]
    [InlineData(Box, false)]
    [InlineData("what is no address", false)]
    public void This_machine_itself_is_known(string address, bool isLoopback) => Assert.Equal(isLoopback, TargetKey.Of(address).IsLoopback);

    [Theory]
    [InlineData("directory", "dropbox", "./dropbox")]
    [InlineData("directory", "dropbox", "/dropbox")]
    [InlineData("directory", "dropbox", "x/../dropbox")]
    [InlineData("host", "upload.example.org", "UPLOAD.example.org")]
    [InlineData("host", "upload.example.org", "upload.example.org.")]
    [InlineData("host", "127.0.0.1", "localhost")]
    public async Task Two_feeds_at_one_place_are_an_error_that_names_both_spellings(string key, string one, string other)
    {
        var tenant = PaperNight.Tenant();
        var second = tenant["feeds"]![0]!.DeepClone();
        second["name"] = "second";
        tenant["feeds"]!.AsArray().Add(second);
        (tenant["feeds"]![0]!["delivery"]![key], second["delivery"]![key]) = (one, other);

        var error = Assert.Single(await PaperNight.TenantErrorsAsync(tenant)).ToString();

        Assert.Contains("same address, account and folder as feed \"apple\"", error);
        Assert.Contains(one, error);
        Assert.Contains(other, error);
    }

    [Theory]
    [InlineData("https://receiver.example/in", "https://receiver.example/in/{file}", true)]
    [InlineData("https://receiver.example/{file}", "https://receiver.example", true)]
    [InlineData("https://receiver.example/in/", "https://RECEIVER.example:443/in/%7Bfile%7D", true)]
    [InlineData("https://receiver.example/in", "https://receiver.example/in/{file}/content", false)]
    [InlineData("https://receiver.example/in", "https://receiver.example/in/x{file}", false)]
    [InlineData("https://receiver.example/in", "https://receiver.example/{file}", false)]
    public async Task Two_feeds_at_one_web_address_are_an_error_whether_the_file_is_named_in_it_or_not(string one, string other, bool isOne)
    {
        var tenant = PaperNight.Tenant();
        var second = tenant["feeds"]![0]!.DeepClone();
        second["name"] = "second";
        tenant["feeds"]!.AsArray().Add(second);
        tenant["feeds"]![0]!["delivery"] = new JsonObject { ["type"] = "https", ["url"] = one };
        second["delivery"] = new JsonObject { ["type"] = "https", ["url"] = other };

        var errors = await PaperNight.TenantErrorsAsync(tenant);

        Assert.Equal(isOne, errors.Any(error => error.ToString().Contains("a target takes one feed", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_lies_where_it_is_looked_for_stays() => Assert.Empty(Moves([new("apple", "x"), new("old", "y"), new("@z", "z")], ("apple", "x"), ("new", "w")));

    [Fact]
    public void A_feed_under_a_new_name_gets_what_its_target_has() => Assert.Equal([("apple", "asm")], Moves([new("apple", "x")], ("asm", "x")));

    [Fact]
    public void Exchanged_names_are_put_aside_first() => Assert.Equal(
        [("apple", "@x"), ("second", "@y"), ("@y", "apple"), ("@x", "second")],
        Moves([new("apple", "x"), new("second", "y")], ("apple", "y"), ("second", "x")));

    [Fact]
    public void A_name_that_is_taken_again_leaves_what_it_had() => Assert.Equal(
        [("second", "@y"), ("apple", "second")], Moves([new("apple", "x"), new("second", "y")], ("second", "x")));

    [Fact]
    public void An_address_left_is_put_aside_and_found_again()
    {
        Assert.Equal([("apple", "@x")], Moves([new("apple", "x")], ("apple", "y")));
        Assert.Equal([("apple", "@y"), ("@x", "apple")], Moves([new("apple", "y"), new("@x", "x")], ("apple", "x")));
    }

    [Fact]
    public void Of_two_records_of_a_target_the_latest_counts() => Assert.Equal([("late", "apple")], Moves([new("late", "x"), new("early", "x")], ("apple", "x")));

    /// <summary>Damaged, and of a release that noted nothing beside it: whose it is is asked by nobody but its own feed.</summary>
    [Fact]
    public void What_tells_no_target_stays() => Assert.Empty(Moves([new("apple", null), new("old", null)], ("apple", "x"), ("second", "y")));

    private static IReadOnlyList<(string From, string To)> Moves(RecordedTarget[] recorded, params (string Name, string Target)[] feeds) =>
        TargetMoves.Of(recorded, feeds.ToDictionary(feed => feed.Name, feed => feed.Target));
}
