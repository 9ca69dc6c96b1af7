using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>What settings would rename or take away at a server waits for an operator.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScimSettingChangesTests : IAsyncLifetime, IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly RestlessTown _town = new(new Random(13));
    private ScimHabits _server = null!;
    private ScimNights _nights = null!;

    public async Task InitializeAsync()
    {
        _server = await ScimHabits.StartAsync();
        _nights = new ScimNights(_ground, _server.BaseUrl) { Settings = { ["schoolGroups"] = true } };
        Assert.Equal(RunState.Delivered, (await _nights.NextAsync(_town.Write())).Run.State);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("schoolGroups")]
    [InlineData("username")]
    [InlineData("profile")]
    public async Task It_is_held_and_named_and_ends_when_the_setting_is_put_back(string setting)
    {
        var before = _nights.Settings[setting]?.DeepClone();
        _nights.Settings[setting] = setting switch { "username" => "id", "profile" => "egil", _ => false };
        if (setting == "profile")
        {
            _nights.Settings["schoolGroups"] = false;
        }

        var held = await _nights.NextAsync(_town.Write());
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains(held.Run.Feeds[0].Holds, hold => hold.Code == HoldCode.SettingChanged && hold.Setting == setting);

        _nights.Settings.Remove(setting);
        _nights.Settings["schoolGroups"] = true;
        if (before is not null)
        {
            _nights.Settings[setting] = before;
        }

        Assert.NotEqual(RunState.Held, (await _nights.NextAsync(_town.Write())).Run.State);
    }
}
