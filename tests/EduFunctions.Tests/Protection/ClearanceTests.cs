using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Sources;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Who takes somebody back, and whom a shared value makes the same human: told from rows, pull by pull.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ClearanceTests
{
    private const string Number = "20130109-9805";
    private const string Login = "alva@id.example";

    private int _runs;

    [Fact]
    public void The_own_id_takes_back_and_so_does_the_own_number_under_another_id()
    {
        var memory = Pull(null, new Record("alva", Number, Login, Marking.Protected));

        Assert.Equal(0, Pull(Pull(memory, new Record("alva", Number, Login)), new Record("alva", Number, Login)).Count);
        Assert.False(Pull(Pull(memory, new Record("new", Number, "")), new Record("new", Number, "")).Has(Id("alva")));
    }

    [Fact]
    public void A_login_takes_nobody_back()
    {
        var memory = Pull(null, new Record("alva", "", Login, Marking.Protected));

        for (var pull = 0; pull < 5; pull++)
        {
            memory = Pull(memory, new Record("other", "", Login));
        }

        Assert.True(memory.Has(Id("alva")) && memory.Has(Id("other")));
    }

    [Fact]
    public void Of_several_records_each_has_to_be_clear()
    {
        var memory = Pull(null, new Record("alva", Number, Login, Marking.Protected), new Record("twin", Number, ""));
        Record[] oneIsMarked = [new("alva", Number, Login), new("twin", Number, "", Marking.Unknown)];
        Record[] bothAreClear = [new("alva", Number, Login), new("twin", Number, "")];

        Assert.Equal(2, Pull(Pull(memory, oneIsMarked), oneIsMarked).Count);
        Assert.Equal(0, Pull(Pull(memory, bothAreClear), bothAreClear).Count);
    }

    [Fact]
    public void Who_is_not_handed_out_is_not_taken_back()
    {
        var memory = Pull(null, new Record("alva", Number, Login, Marking.Protected));

        Assert.Equal(1, Pull(Pull(memory, new Record("bo", "", "")), new Record("bo", "", "")).Count);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void What_more_than_a_few_records_have_makes_nobody_the_same_human(int others, bool areTheSame)
    {
        foreach (var (number, login) in new[] { (Number, ""), ("", Login) })
        {
            var records = Enumerable.Range(1, others - 1).Select(other => new Record($"other{other}", number, login));

            var memory = Pull(null, [new Record("alva", number, login, Marking.Protected), .. records]);

            Assert.Equal(areTheSame ? others : 1, memory.Count);
        }
    }

    [Fact]
    public void What_a_crowd_has_leads_to_nobody_further_either()
    {
        var crowd = Enumerable.Range(1, 10).Select(other => new Record($"other{other}", "", "shared@id.example"));

        var memory = Pull(null, [new Record("alva", Number, Login, Marking.Protected), new Record("twin", Number, "shared@id.example"), .. crowd]);

        Assert.True(memory.Has(Id("alva")) && memory.Has(Id("twin")));
        Assert.Equal(2, memory.Count);
        Assert.Equal(2, Pull(memory, [new Record("alva", Number, Login), new Record("other1", "", "shared@id.example")]).Count);
    }

    [Fact]
    public void Copies_of_one_record_are_no_crowd()
    {
        var copies = Enumerable.Range(1, 10).Select(_ => new Record("twin", Number, ""));

        Assert.True(Pull(null, [new Record("alva", Number, "", Marking.Protected), .. copies]).Has(Id("twin")));
    }

    private ProtectionMemory Pull(ProtectionMemory? memory, params Record[] records)
    {
        var data = new SourceData(new Vocabularies());
        foreach (var record in records)
        {
            data.Persons.Add(Id(record.Label), new PersonRow
            {
                OwnMarking = record.Marking,
                Identity = new(PersonIdentity.OfCivicNumber(Encoding.UTF8.GetBytes(record.Number)), PersonIdentity.OfLogin(Encoding.UTF8.GetBytes(record.Login))),
            });
        }

        data.Index();
        SourceLinker.Link(data);
        var sight = new Sight($"run{_runs++}", Day.From(Night.Today), IsUndisturbed: true, UnprotectAfterRuns: 2, MaxUnprotected: 100, WindowDays: 14);
        return Recollection.Of(data, memory ?? new ProtectionMemory(17, "none"), sight).Remember();
    }

    private static EntityId Id(string label) => EntityId.Derive(Encoding.UTF8.GetBytes(label));

    private sealed record Record(string Label, string Number, string Login, Marking Marking = Marking.None);
}
