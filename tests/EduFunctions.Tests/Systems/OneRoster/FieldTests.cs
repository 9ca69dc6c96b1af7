using EduFunctions.Pipeline.Systems.OneRoster;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster;

/// <summary>What a field of an id can have been meant as.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class FieldTests
{
    [Theory]
    [InlineData("#REF!")]
    [InlineData("#N/A")]
    [InlineData("#VALUE!")]
    [InlineData("#NAME?")]
    [InlineData("#DIV/0!")]
    [InlineData("#REFERENS!")]
    [InlineData("#SAKNAS!")]
    [InlineData("#I/T")]
    [InlineData("#VÆRDI!")]
    [InlineData("########")]
    [InlineData("NULL")]
    [InlineData(" null ")]
    [InlineData("TRUE")]
    [InlineData("1.23E+05")]
    [InlineData("1,23E+11")]
    [InlineData("5e+09")]
    [InlineData("elev\ufffd17")]
    [InlineData("-")]
    [InlineData("{}")]
    public void What_a_spreadsheet_leaves_is_no_id(string value)
    {
        Assert.True(CsvValue.Id(value).IsNone);
        Assert.Equal("ids", CsvValue.Expected(new CsvColumn("x", ValueKind.Reference), value, OwnWords.None));
        Assert.Equal("lists of ids", CsvValue.Expected(new CsvColumn("x", ValueKind.References), $"17;18,{value.Replace(',', '.')}", OwnWords.None));
    }

    [Theory]
    [InlineData("17")]
    [InlineData("7E")]
    [InlineData("7E-1")]
    [InlineData("7E12")]
    [InlineData("#17")]
    [InlineData("#A1")]
    [InlineData("nullberg")]
    [InlineData("åäö")]
    [InlineData("true-17")]
    public void What_somebody_may_have_meant_is_one(string value) => Assert.Equal(value, CsvValue.Id(value).ToString());

    [Theory]
    [InlineData("ext:elev", true)]
    [InlineData("ext:nobody", true)]
    [InlineData("ext:klass", false)]
    [InlineData("ext:other", false)]
    [InlineData("student", true)]
    [InlineData("pupil", false)]
    public void A_word_of_the_senders_own_is_known_where_it_means_one_of_the_column(string word, bool isKnown)
    {
        var words = new OwnWords(new Dictionary<string, string> { ["ext:elev"] = "student", ["ext:nobody"] = "none", ["ext:klass"] = "homeroom" });
        var role = CsvForm.Roles.Columns.Single(column => column.Name == "role");

        Assert.Equal(isKnown, CsvValue.Expected(role, word, words) is null);
    }

    [Fact]
    public void A_meaning_has_to_be_a_word_of_the_form()
    {
        var words = new OwnWords(new Dictionary<string, string> { ["elev"] = "student", ["ext:elev"] = "pupil", ["ext:chef"] = "principal", ["ext:skola"] = "none" });

        Assert.Equal(["ownWords.elev", "ownWords.ext:elev"], words.Contradictions().Select(contradiction => contradiction.Key));
    }
}
