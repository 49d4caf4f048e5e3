import { defineApp } from '#app/index.ts'
import { capabilities } from './capabilities.ts'
import { weatherStories } from './stories.ts'
import * as weather from './weather.ts'

export const app = defineApp('weather_status', {
  endpoints: [
    weather.setMode,
    weather.usePersonalAddress,
    weather.getLocation,
    weather.setLocation,
    weather.getForecast,
    weather.getFavorites,
    weather.setFavorites,
  ],
  capabilities: [capabilities],
  stories: weatherStories,
})
