using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.UniloginImport;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <content>What the night is to be like: tenant file, feeds, day, habits of the source.</content>
public sealed partial class Night
{
    /// <summary>Sets one value of the tenant file, such as <c>eligibility.dateMarginDays</c>.</summary>
    public Night With(string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names.Reverse())
        {
            value = new JsonObject { [name] = value };
        }

        return With((JsonObject)value!);
    }

    /// <summary>Merges settings over the default tenant's.</summary>
    public Night With(JsonObject overrides)
    {
        _tenant.Merge(overrides);
        return this;
    }

    /// <summary>Another source than EduCloud.</summary>
    public Night From(JsonObject source)
    {
        _tenant["source"] = source;
        return this;
    }

    /// <summary>A source that outlives the night, so that another process may go on with it.</summary>
    public Night From(EduCloudServer source)
    {
        _source = source;
        return this;
    }

    /// <summary>Sets one of the feed's own settings.</summary>
    public Night WithApple(string name, JsonNode? value) => WithApple(0, name, value);

    /// <summary>The same of a feed that was added.</summary>
    public Night WithApple(int feed, string name, JsonNode? value)
    {
        _tenant["feeds"]![feed]!["settings"]![name] = value;
        return this;
    }

    /// <summary>One feed to Learn instead of the one to the drop box.</summary>
    public Night To(LearnServer learn, JsonObject? settings, TimeProvider time)
    {
        _tenant["feeds"] = new JsonArray(TenantJson.Blackboard(learn, settings));
        return Setting($"Secrets:{TenantJson.LearnSecret}", learn.Integrations[0].Password)
            .Registering(services => services.AddSingleton(time));
    }

    /// <summary>Sets one value of the first feed.</summary>
    public Night WithFeed(string name, JsonNode? value) => WithFeed(0, name, value);

    /// <summary>The same of a feed that was added.</summary>
    public Night WithFeed(int feed, string name, JsonNode? value)
    {
        _tenant["feeds"]![feed]![name] = value;
        return this;
    }

    /// <summary>One feed to wsaIMPORT instead, which wants civic numbers.</summary>
    public Night To(ImportServer service, JsonObject? settings)
    {
        _tenant["feeds"] = new JsonArray(TenantJson.UniloginImport(service, settings));
        return With("privacy.includeCivicNumber", true).Setting($"Secrets:{TenantJson.ImportSecret}", service.Password);
    }

    /// <summary>Sets one value of the first feed's delivery.</summary>
    public Night WithDelivery(string name, JsonNode? value)
    {
        _tenant["feeds"]![0]!["delivery"]![name] = value;
        return this;
    }

    /// <summary>Another delivery for the first feed.</summary>
    public Night Delivering(JsonObject delivery)
    {
        _tenant["feeds"]![0]!["delivery"] = delivery;
        return this;
    }

    /// <summary>Services that take the place of the real ones.</summary>
    public Night Registering(Action<IServiceCollection> registration)
    {
        _registrations.Add(registration);
        return this;
    }

    /// <summary>The feeds of the tenant file as they are now.</summary>
    public JsonNode Feeds => _tenant["feeds"]!;

    /// <summary>Another feed like the first, to a folder of its own; call it when that is as it should be.</summary>
    public void AddFeed(string name)
    {
        var feed = _tenant["feeds"]![0]!.DeepClone();
        feed["name"] = name;
        feed["delivery"]!["directory"] = TenantJson.FolderOf(name);
        _tenant["feeds"]!.AsArray().Add(feed);
    }

    /// <summary>A feed of the test's own, in place of the usual one.</summary>
    public Night With(IFeed feed)
    {
        _feeds.Add(feed);
        _tenant["feeds"]![0]!["type"] = feed.Type;
        return this;
    }

    /// <summary>As a tenant that has had nights before.</summary>
    public Night As(string tenant) => With("id", tenant);

    public Night On(DateOnly date)
    {
        _date = date;
        return this;
    }

    public Night On(string date) => On(DateOnly.Parse(date, CultureInfo.InvariantCulture));

    public Night AcceptingShrink()
    {
        _acceptsShrink = true;
        return this;
    }

    /// <summary>Pulls what has changed alone.</summary>
    /// <param name="acceptsMisses">Whether that begins anew after a full pull has found changes missing.</param>
    public Night OfChanges(bool acceptsMisses = false)
    {
        (_pullsChanges, _acceptsMisses) = (true, acceptsMisses);
        return this;
    }

    /// <summary>A run that was begun and has not ended is gone on with, wherever it stands.</summary>
    public Night Resuming()
    {
        _resumes = true;
        return this;
    }

    /// <summary>Feeds that say what has changed say everything.</summary>
    public Night Total()
    {
        _isTotal = true;
        return this;
    }

    /// <summary>A setting of the machinery, such as <c>Pipeline:SliceLength</c>.</summary>
    public Night Setting(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Everything but the delivery, which makes a night quick.</summary>
    public Night Dry()
    {
        _isDry = true;
        return this;
    }

    public Night Behaving(Action<EduCloudHabits> change)
    {
        change(_habits);
        return this;
    }
}
