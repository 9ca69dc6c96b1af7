using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Where a target is told to forget somebody, an id may be made of a name; a name may not stand for itself.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class KeyRowTests
{
    [Theory]
    [InlineData("zq-key-1", "zq-key-1")]
    [InlineData("alva.berglund", "alva.berglund")]
    [InlineData("Alva Berglund", "x|Alva Berglund")]
    [InlineData("zq-key-1", "7a;alva.berglund.bror")]
    [InlineData("zq-key-1", "ALVA.BERGLUND.MAMMA|x")]
    [InlineData("zq-key-1", "<UserId>BerglundAlva7b</UserId>")]
    [InlineData("zq-key-1", "201301099805")]
    public void An_id_may_be_telling_in_a_key_row_and_nowhere_else(string protectedId, string row)
    {
        Assert.Empty(Errors(protectedId, "person.delete.txt", row));
        Assert.NotEmpty(Errors(protectedId, "person.txt", row));
    }

    [Theory]
    [InlineData("zq-key-1|Alva|Berglund")]
    [InlineData("zq-key-1|Alva Berglund")]
    [InlineData("alva.berglund.mamma|Alva Berglund")]
    [InlineData("Berglund, Alva")]
    [InlineData("zq-key-1,zqe.hidden@elev.example")]
    [InlineData("zq-key-1|0709998877")]
    public void A_name_a_mail_or_a_number_may_stand_in_no_row(string row) => Assert.NotEmpty(Errors("zq-key-1", "person.delete.txt", row));

    private static IReadOnlyList<FeedError> Errors(string protectedId, string file, string row)
    {
        Assert.True(EntityId.TryRead(Encoding.UTF8.GetBytes(protectedId), out var id));
        var data = new SourceData(new Vocabularies());
        data.ProtectedIds.Add(id);
        data.PersonalValues.AddRange(
        [
            new(id, PersonalKind.Name, "Alva", "Berglund"), new(id, PersonalKind.Email, "zqe.hidden@elev.example"), new(id, PersonalKind.CivicNumber, "20130109-9805"),
            new(id, PersonalKind.Phone, "070-999 88 77"),
        ]);
        using var files = new FeedFiles();
        files.Create(file).Write(Encoding.UTF8.GetBytes(row));
        return LeakScan.Errors(files, ProtectedValuesBuilder.Of(data, 17), new TestFeed(file, row), new TestFeedSettings());
    }
}
