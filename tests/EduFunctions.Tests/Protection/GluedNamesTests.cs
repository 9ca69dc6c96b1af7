using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Words that hold nobody are looked through once; that makes no difference to what is found.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class GluedNamesTests
{
    private static readonly EntityId Person = EntityId.Parse("4e029f67-638e-514f-814b-095d3e88a048");

    [Fact]
    public void A_name_within_a_word_is_found_each_time_and_wherever_it_stands_whatever_was_read_before()
    {
        var data = new SourceData(new Vocabularies());
        data.ProtectedIds.Add(Person);
        data.PersonalValues.Add(new PersonalValue(Person, PersonalKind.Name, "Alva", "Berglund"));
        var scan = new RowScan(ProtectedValuesBuilder.Of(data, 17));
        bool IsFound(string row) => scan.Find(Encoding.UTF8.GetBytes(row)).Count > 0;
        foreach (var number in Enumerable.Range(0, 3_000))
        {
            var (filler, other) = (new string('.', number % 140), string.Concat(number.ToString("0000", null).Select(digit => (char)('k' + digit - '0'))));

            Assert.False(IsFound($"{filler}stöd{other}berglund|alva{other}berglund"));
            Assert.False(IsFound($"{filler}stöd{other}berglund|alva{other}berglund"));
            Assert.True(IsFound($"{filler}{other}ALVABERGLUND"));
            Assert.True(IsFound($"{filler}stöd{other}berglund stödberglundalva{other}"));
            Assert.True(IsFound("stödalvaberglunds"));
        }
    }
}
